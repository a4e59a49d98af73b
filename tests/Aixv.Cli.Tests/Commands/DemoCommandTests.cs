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
    public async Task Without_once_it_serves_the_page_of_its_own_graph()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var written = new StringWriter();
        var said = TextWriter.Synchronized(written);
        var running = CommandLine.RunAsync(["demo"], folder.CreateApp(said, said, stopping.Token));
        while (!Said().Contains("until Ctrl-C", StringComparison.Ordinal))
        {
            Assert.False(running.IsCompleted, Said());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var page = Said().ReplaceLineEndings("\n").Split('\n').Single(line => line.StartsWith("The page of tuned.safetensors: ", StringComparison.Ordinal)).Split(": ", 2)[1];
        using var http = new HttpClient();
        var html = await http.GetStringAsync(page, TestContext.Current.CancellationToken);
        foreach (var fact in (string[])["tuned.safetensors", "base.safetensors", "general.csv", "special.csv", "demo service", "fine-tuning", "Affected by a recall", "DEMO-2026-1"])
        {
            Assert.Contains(fact, html, StringComparison.Ordinal);
        }

        await stopping.CancelAsync();
        Assert.Equal(0, await running);

        string Said()
        {
            lock (said)
            {
                return written.ToString();
            }
        }
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
