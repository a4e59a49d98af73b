namespace Aixv.Cli.Tests.Commands;

public sealed class DemoCommandTests : IDisposable
{
    private readonly CliFolder folder = new() { ForbidNetwork = false };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Once_it_runs_every_step_and_shows_every_command()
    {
        var run = (await folder.RunAsync("demo", "--once")).Exits(0);
        Assert.Contains("$ aixv sign base.safetensors\n", run.Out.ReplaceLineEndings("\n"));
        Assert.Contains("$ aixv attest tuned.safetensors --predicate training --input training.json\n", run.Out.ReplaceLineEndings("\n"));
        Assert.Contains("tampered.safetensors: refused", run.Out);
        Assert.Contains("Every step did what it should.", run.Out);
    }

    [Fact]
    public async Task A_model_of_the_user_is_left_alone()
    {
        folder.Write("my model.bin", "weights");
        var json = (await folder.RunAsync("demo", "my model.bin", "--once", "--json")).Exits(0).Json;
        Assert.True((bool?)json["ok"]);
        Assert.Contains(json["steps"]!.AsArray(), step => ((string)step!["command"]!).Contains('\''));
        Assert.Equal(["my model.bin"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        Assert.Equal("weights", folder.Read("my model.bin"));
    }

    [Fact]
    public async Task A_model_that_is_missing_exits_1() =>
        Assert.Contains("artifact not found: none", (await folder.RunAsync("demo", "none", "--once")).Exits(1).Error);
}
