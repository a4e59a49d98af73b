namespace Aixv.Cli.Tests.Commands;

public sealed class BundleCommandTests(PrivateInstance instance) : IDisposable
{
    private const string Tokenizer = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly RecordFolder records = new(instance);

    private CliFolder Folder => records.Folder;

    public void Dispose() => records.Dispose();

    [Fact]
    public async Task A_bundle_is_signed_and_its_members_are_checked()
    {
        var created = (await records.SignedAsync("bundle", "create", "--input", "bundle.json")).Exits(0).Json;
        Assert.Equal(".aixv/records/bundle/bundle-main.json", (string?)created["record_path"]);
        string[] verify = ["bundle", "verify", ".aixv/records/bundle/bundle-main.json"];
        var verified = (await records.VerifiedAsync([.. verify, "--require-member", "model.bin", "--require-member", RecordFolder.Model])).Exits(0).Json;
        Assert.Equal($"""["{RecordFolder.Model}"]""", verified["members"]!.ToJsonString());
        Assert.Equal(RecordFolder.Model, (string?)verified["primary"]);
        Assert.Equal("bundle-main", (string?)verified["bundle_id"]);
        Assert.Equal("[]", verified["missing_members"]!.ToJsonString());

        var lacking = (await records.VerifiedAsync([.. verify, "--require-member", Tokenizer])).Exits(1).Json;
        Assert.False((bool?)lacking["ok"]);
        Assert.True((bool?)lacking["verified"]);
        Assert.Equal("member-missing", (string?)lacking["reason"]);
        Assert.Equal($"bundle bundle-main lacks required members: {Tokenizer}", (string?)lacking["error"]);
        Assert.Contains("artifact not found: none.bin", (await records.VerifiedAsync([.. verify, "--require-member", "none.bin"])).Exits(1).Out);
        Assert.Contains("invalid sha256 digest: sha256:abc", (await records.VerifiedAsync([.. verify, "--require-member", "sha256:abc"])).Exits(1).Out);
    }

    [Fact]
    public async Task The_id_comes_from_the_input_or_the_command_line_and_must_agree()
    {
        Folder.Write("b.json", $$"""{"primary": "{{RecordFolder.Model}}", "members": ["{{Tokenizer}}", "{{Tokenizer}}"]}""");
        Assert.Contains("bundle_id is missing: pass --bundle-id, or name it in the input", (await Folder.RunAsync("bundle", "create", "--input", "b.json")).Exits(1).Error);
        var json = (await Folder.RunAsync("bundle", "create", "--input", "b.json", "--bundle-id", "v1", "--json")).Exits(0).Json;
        Assert.Equal($"""["{RecordFolder.Model}","{Tokenizer}"]""", json["record"]!["payload"]!["members"]!.ToJsonString());
        Assert.Contains("--bundle-id other contradicts the input, where bundle_id is \"bundle-main\"", (await Folder.RunAsync("bundle", "create", "--input", "bundle.json", "--bundle-id", "other")).Exits(1).Error);
        Folder.Write("b.json", $$"""{"primary": "{{RecordFolder.Model}}", "members": ["{{RecordFolder.Model}}"]}""");
        Assert.Contains("bundle v1 is there already with another content", (await Folder.RunAsync("bundle", "create", "--input", "b.json", "--bundle-id", "v1")).Exits(1).Error);
    }

    [Theory]
    [InlineData("""{"bundle_id": "b", "primary": "0123456789abcdef0123456789abcdef01234567", "members": []}""", "git commit")]
    [InlineData("""{"bundle_id": "b", "primary": "sha256:abc", "members": ["sha256:abc"]}""", "$.primary")]
    [InlineData("""{"bundle_id": "b"}""", "$.members")]
    public async Task A_bundle_that_does_not_fit_is_refused_and_nothing_written(string content, string message)
    {
        Folder.Write("b.json", content);
        Assert.Contains(message, (await Folder.RunAsync("bundle", "create", "--input", "b.json")).Exits(1).Error);
        Assert.Empty(records.Files());
    }
}
