namespace Aixv.Cli.Tests.Commands;

public sealed class RecordCommandTests(PrivateInstance instance) : IDisposable
{
    private readonly RecordFolder records = new(instance);

    private CliFolder Folder => records.Folder;

    public void Dispose() => records.Dispose();

    [Fact]
    public async Task A_waiver_goes_where_the_protocol_says_and_verifies()
    {
        var created = (await records.SignedAsync("record", "create", "--kind", "waiver", "--record-id", "WVR-2026-01", "--input", "waiver.json")).Exits(0).Json;
        Assert.Equal(".aixv/records/waiver/WVR-2026-01.json", (string?)created["record_path"]);
        Assert.Equal(["records/waiver/WVR-2026-01.json", "records/waiver/WVR-2026-01.json.sigstore.json"], records.Files());
        var verified = (await records.VerifiedAsync("record", "verify", ".aixv/records/waiver/WVR-2026-01.json", "--kind", "waiver")).Exits(0).Json;
        Assert.Equal("Jane Doe", (string?)verified["record"]!["payload"]!["approver"]);
        Assert.Equal("WVR-2026-01", (string?)verified["record_id"]);
        (await records.VerifiedAsync("record", "verify", ".aixv/records/waiver/WVR-2026-01.json")).Exits(0);
    }

    [Fact]
    public async Task A_record_of_another_kind_is_refused()
    {
        (await records.SignedAsync("policy", "create", "--input", "policy.json")).Exits(0);
        (await records.VerifiedAsync("record", "verify", ".aixv/policies/policy.json", "--kind", "policy")).Exits(0);
        var json = (await records.VerifiedAsync("record", "verify", ".aixv/policies/policy.json", "--kind", "waiver")).Exits(1).Json;
        Assert.Equal("kind-mismatch", (string?)json["reason"]);
        Assert.Equal("record kind mismatch: expected waiver, found policy", (string?)json["error"]);
        Assert.Equal("record verify", (string?)json["command"]);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("x.sigstore")]
    public async Task An_id_that_is_no_file_name_is_refused_and_nothing_written(string id)
    {
        var run = await Folder.RunAsync("record", "create", "--kind", "waiver", "--record-id", id, "--input", "waiver.json");
        Assert.Contains("invalid record_id: must match", run.Exits(1).Error);
        Assert.Empty(records.Files());
    }

    /// <summary>What scripts for the Python package write and read.</summary>
    [Theory]
    [InlineData("policy", "policy")]
    [InlineData("bundle", "bundle-main")]
    public async Task The_short_option_and_the_older_members_are_known(string kind, string id)
    {
        var json = (await Folder.RunAsync(kind, "create", "-i", $"{kind}.json", "--json")).Exits(0).Json;
        Assert.Equal((id, (string?)json["record_path"]), ((string?)json[$"{kind}_id"], (string?)json["path"]));
    }

    [Fact]
    public async Task Kinds_that_are_not_known_need_a_word()
    {
        Folder.Write("p.json", """{"anything": 1}""");
        string[] create = ["record", "create", "--kind", "incident-report", "--record-id", "i", "--input", "p.json"];
        Assert.Contains("unknown record kind: incident-report (known: policy,", (await Folder.RunAsync(create)).Exits(1).Error);
        Assert.Contains("unknown record kind", (await Folder.RunAsync([.. create, "--validate-known-kind"])).Exits(1).Error);
        (await Folder.RunAsync([.. create, "--no-validate-known-kind"])).Exits(0);
        Assert.Equal(["records/incident-report/i.json"], records.Files());
        Assert.Contains("invalid record kind", (await Folder.RunAsync("record", "create", "--kind", "../x", "--record-id", "i", "--input", "p.json", "--no-validate-known-kind")).Exits(1).Error);
        (await Folder.RunAsync([.. create, "--validate-known-kind", "--no-validate-known-kind"])).Exits(2);
    }

    [Fact]
    public async Task An_unsigned_record_is_signed_later_as_it_is()
    {
        string[] create = ["record", "create", "--kind", "waiver", "--record-id", "WVR-2026-01", "--input", "waiver.json"];
        (await Folder.RunAsync(create)).Exits(0);
        var before = Folder.Read(".aixv/records/waiver/WVR-2026-01.json");
        var signed = (await records.SignedAsync(create)).Exits(0).Json;
        Assert.False((bool?)signed["created"]);
        Assert.True((bool?)signed["signed"]);
        Assert.Equal(before, Folder.Read(".aixv/records/waiver/WVR-2026-01.json"));
        (await records.VerifiedAsync("record", "verify", ".aixv/records/waiver/WVR-2026-01.json")).Exits(0);
    }

    [Fact]
    public async Task A_changed_record_and_a_swapped_bundle_are_told_apart_from_a_stranger()
    {
        (await records.SignedAsync("policy", "create", "--input", "policy.json", "--policy-id", "a")).Exits(0);
        (await records.SignedAsync("policy", "create", "--input", "policy.json", "--policy-id", "b")).Exits(0);
        var swapped = (await records.VerifiedAsync("record", "verify", ".aixv/policies/a.json", "--bundle", ".aixv/policies/b.json.sigstore.json")).Exits(1).Json;
        Assert.Equal("bundle-mismatch", (string?)swapped["reason"]);
        Folder.Write(".aixv/policies/a.json", Folder.Read(".aixv/policies/a.json").Replace(":30,", ":99,", StringComparison.Ordinal));
        Assert.Equal("bundle-mismatch", (string?)(await records.VerifiedAsync("record", "verify", ".aixv/policies/a.json")).Exits(1).Json["reason"]);
        Folder.Write(".aixv/policies/a.json", Folder.Read(".aixv/policies/a.json")[..50]);
        Assert.Contains(".aixv/policies/a.json: signed record: not valid JSON", (await records.VerifiedAsync("record", "verify", ".aixv/policies/a.json")).Exits(1).Out);
        Assert.Contains("bundle not found: none", (await records.VerifiedAsync("record", "verify", ".aixv/policies/b.json", "--bundle", "none")).Exits(1).Out);
    }

    [Fact]
    public async Task The_store_may_be_elsewhere()
    {
        Folder["AIXV_STORE"] = "variable";
        string[] create = ["record", "create", "--kind", "waiver", "--record-id", "WVR-2026-01", "--input", "waiver.json"];
        (await Folder.RunAsync(create)).Exits(0);
        (await Folder.RunAsync([.. create, "--store", "option"])).Exits(0);
        Assert.Equal(records.Files("variable"), records.Files("option"));
        Assert.Single(records.Files("option"));
    }

    [Fact]
    public async Task A_key_on_the_command_line_signs_without_being_told_to()
    {
        using var key = Aixv.Transparency.Keys.SigningKey.Generate(Aixv.Transparency.Keys.KeyAlgorithm.EcdsaP256);
        Folder.Write("key.pem", key.ToPem());
        string[] create = ["record", "create", "--kind", "waiver", "--record-id", "WVR-2026-01", "--input", "waiver.json", "--key", "key.pem", "--no-log", "--json"];
        Assert.Equal("--no-sign was given", (string?)(await Folder.RunAsync([.. create, "--no-sign"])).Exits(0).Json["unsigned_reason"]);
        Assert.True((bool?)(await Folder.RunAsync(create)).Exits(0).Json["signed"]);
    }
}
