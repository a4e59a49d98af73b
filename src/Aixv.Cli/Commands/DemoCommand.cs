using System.CommandLine;
using Aixv.Authority.Hosting;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Demonstration;
using Aixv.Cli.Output;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv demo [MODEL]</c>: the whole act on this machine, with a private Sigstore and a registry that live as long as the demo.</summary>
internal static class DemoCommand
{
    public static Command Create(App app)
    {
        var model = new Argument<string?>("MODEL") { Description = "A model of yours (default: two small ones are made).", Arity = ArgumentArity.ZeroOrOne };
        var once = Options.Flag("--once", "End after the last step; the exit code is 0 only if every step did what it should.");
        var command = new Command("demo", "Sign, attest and verify on a private Sigstore, made for the occasion.") { model, once };
        return command.Answer(app, async (parse, _) =>
        {
            var stop = app.StopRequested();
            if (parse.GetValue(model) is { } path)
            {
                ArtifactFile.RequireExists(app, path);
            }

            var folder = Directory.CreateTempSubdirectory("aixv-demo-").FullName;
            try
            {
                return await RunAsync(app, parse, folder, parse.GetValue(model), parse.GetValue(once), stop);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
    }

    private static async Task<IOutcome> RunAsync(App app, ParseResult parse, string folder, string? model, bool once, CancellationToken stop)
    {
        await using var server = await AuthorityServer.StartAsync(
            new AuthorityOptions { DataFolder = Path.Combine(folder, "authority"), Port = 0, Time = app.Time }, stop);
        var demo = new Demo(app, server, folder, parse.GetValue<bool>("--json"));
        await demo.RunAsync(model);
        if (!once)
        {
            await using var registry = await DemoRegistry.StartAsync(app, server, folder, stop);
            await demo.PublishAsync(registry, model, stop);
            Answering.Print(app, parse, demo);
            new Report(app).Notice($"Serving {registry.Url} and {server.Url} until Ctrl-C; then {folder} is deleted.");
            await Waiting.UntilStoppedAsync(stop);
            return new AlreadySaid(demo.ExitCode);
        }

        return demo;
    }
}
