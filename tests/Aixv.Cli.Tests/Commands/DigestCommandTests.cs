namespace Aixv.Cli.Tests.Commands;

public sealed class DigestCommandTests : IDisposable
{
    private const string Abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private readonly CliFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Digests_come_one_on_a_line()
    {
        folder.Write("a", "abc");
        folder.Write("b", "");
        var run = (await folder.RunAsync("digest", "a", "b")).Exits(0);
        Assert.Equal($"{Abc}  a\nsha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n", run.Out.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Json_names_every_file()
    {
        folder.Write("a", "abc");
        Assert.Equal(
            $"{{\"digests\": [{{\"digest\": \"{Abc}\", \"file\": \"a\"}}], \"ok\": true}}\n",
            (await folder.RunAsync("digest", "a", "--json")).Exits(0).Out);
    }

    [Fact]
    public async Task A_missing_file_does_not_hide_the_others()
    {
        folder.Write("a", "abc");
        var run = (await folder.RunAsync("digest", "none", "a")).Exits(1);
        Assert.Contains(Abc, run.Out);
        Assert.Equal("error: artifact not found: none\n", run.Error.ReplaceLineEndings("\n"));
        var json = (await folder.RunAsync("digest", "none", "a", "--json")).Exits(1).Json;
        Assert.Equal("artifact not found: none", (string?)json["error"]);
        Assert.Equal("digest", (string?)json["command"]);
        Assert.Equal(Abc, (string?)json["digests"]![1]!["digest"]);
    }

    [Fact]
    public async Task A_folder_is_refused() =>
        Assert.Contains("artifact is a folder: .", (await folder.RunAsync("digest", ".")).Exits(1).Error);

    [Fact]
    public async Task Mapping_can_be_turned_off()
    {
        folder["AIXV_NO_MMAP"] = "1";
        folder.Write("a", "abc");
        Assert.Contains(Abc, (await folder.RunAsync("digest", "a")).Exits(0).Out);
    }
}
