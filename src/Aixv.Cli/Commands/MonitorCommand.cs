using System.CommandLine;
using Aixv.Cli.Monitoring;
using Aixv.Cli.Output;
using Aixv.Cli.Receipts;
using Aixv.Protocol.Monitoring;
using Aixv.Sigstore.Transport;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Storage;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv monitor</c>: follows a log, and says when it is at fault or somebody appears in it.</summary>
internal static class MonitorCommand
{
    public static Command Create(App app)
    {
        var log = new Argument<string>("LOG") { Description = "The log's URL or folder: where its 'checkpoint' is." };
        var state = new Option<string>("--state") { Description = "Where to keep how far it is.", HelpName = "FILE", Required = true };
        var command = new Command("monitor", "Follow a log: that it only grows, and who appears in it.") { log, state };
        var options = new MonitorOptions(command);
        var trust = new LogTrustOptions(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var isOnce = options.IsOnce(parse);
            var stop = isOnce ? cancellationToken : app.StopRequested();
            using var http = CreateHttp(app);
            var monitor = new LogMonitor(
                Open(app, http, parse.GetRequiredValue(log)), await trust.ResolveAsync(app, parse, cancellationToken), options.Watch(app, parse));
            using var file = new MonitorStateFile(app.Resolve(parse.GetRequiredValue(state)));
            var run = new MonitorRun(monitor, file, options.From(parse), options.Checkpoints(app, parse), new MonitorPrinter(app, parse.GetValue<bool>("--json")));
            var isAlarmed = isOnce ? await run.OnceAsync(stop) : await run.UntilStoppedAsync(options.Interval(parse), app.Time, stop);
            return new AlreadySaid(isAlarmed ? ExitCode.Rejected : ExitCode.Ok);
        });
    }

    private static HttpClient CreateHttp(App app) => app.Http is null ? ServiceTransport.CreateHttpClient() : new HttpClient(app.Http());

    private static ITileSource Open(App app, HttpClient http, string log)
    {
        if (Uri.TryCreate(log, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return new HttpTileSource(http, url);
        }

        var folder = app.Resolve(log);
        return Directory.Exists(folder) ? new FolderTileSource(folder) : throw new CommandFailure($"log not found: {log} is neither a URL nor a folder");
    }

    /// <summary>Looks at the log, keeps how far it is, and says what there is.</summary>
    private sealed class MonitorRun(LogMonitor monitor, MonitorStateFile file, ulong? from, IReadOnlyList<SignedNote> others, MonitorPrinter printer)
    {
        /// <returns>Whether there was an alarm.</returns>
        public async Task<bool> OnceAsync(CancellationToken cancellationToken)
        {
            var isAlarmed = false;
            await foreach (var said in monitor.CheckAsync(file.Read(), from, others, cancellationToken))
            {
                if (said is MonitorProgress progress)
                {
                    file.Write(progress.State);
                    continue;
                }

                isAlarmed |= said.IsAlarm;
                printer.Print(said);
            }

            return isAlarmed;
        }

        /// <returns>Whether there was an alarm at any time.</returns>
        public async Task<bool> UntilStoppedAsync(TimeSpan interval, TimeProvider time, CancellationToken stop)
        {
            var isAlarmed = false;
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    isAlarmed |= await OnceAsync(stop);
                }
                catch (Exception e) when (e is HttpRequestException or IOException || e is OperationCanceledException && !stop.IsCancellationRequested)
                {
                    printer.Unavailable(e.Message);
                }
                catch (OperationCanceledException)
                {
                    break;
                }

                await Task.Delay(interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return isAlarmed;
        }
    }
}
