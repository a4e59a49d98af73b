using System.CommandLine;
using System.Globalization;
using Aixv.Cli.Output;
using Aixv.Cli.Serving;
using Aixv.Track.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv serve</c>: a registry and a private Sigstore in this process, until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(App app)
    {
        var data = AuthorityFolder.Option();
        var port = Options.Text("--port", "PORT", "The port to listen on (default: 3000; 0 takes a free one).");
        var host = Options.Text("--host", "HOST", "The address to listen on: localhost (default), an IP address, or * for all.");
        var url = Options.Text("--url", "URL", "The address that clients use, where it differs (a proxy in front, a host name).");
        var quiet = Options.Flag("--quiet", "Do not log requests to standard error.");
        var logFormat = Options.Text("--log-format", "FORMAT", "How standard error is written: text (default), or json, an object a line.");
        var alone = Options.Flag("--no-authority", "Run the registry alone, without issuer, CA and signature log.");
        var isPublic = Options.Flag("--public", "Show everybody what is published here: the tenant that a new registry gets is public. Cannot be changed afterwards.");
        var command = new Command("serve", "Run a registry and a private Sigstore: issuer, CA, logs, timestamps, TUF.") { data, port, host, url, quiet, logFormat, alone, isPublic };
        var settings = new TrackSettingOptions();
        settings.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(port) is { } text && !TryReadPort(text, out _))
            {
                result.AddError("--port: 0 to 65535 is expected.");
            }

            if (result.GetValue(logFormat) is not (null or "text" or "json"))
            {
                result.AddError("--log-format: text or json is expected.");
            }
        });
        return command.Answer(app, async (parse, _) =>
        {
            var stop = app.StopRequested();
            var folder = AuthorityFolder.Resolve(app, parse, data);
            var more = new Dictionary<string, Option<string?>>(StringComparer.Ordinal) { ["port"] = port, ["host"] = host, ["url"] = url };
            var options = settings.Read(app, parse, more, new TrackOptions
            {
                DataFolder = TrackFolder.Resolve(app, parse, data),
                Time = app.Time,
                Logging = parse.GetValue(quiet) ? null : logging => LogToStandardError(logging, parse.GetValue(logFormat) == "json"),
            });
            options = parse.GetValue(isPublic) ? options with { FirstTenantIsPublic = true } : options;
            await using var server = await StartAsync(options, parse.GetValue(alone) ? null : folder, stop);
            if (parse.GetValue(isPublic) && server.Registry.FirstKey is null)
            {
                new Report(app).Warning("this registry is not new, so --public changes nothing: its tenants are what they were made; 'aixv tenant create NAME --public' makes a public one");
            }

            Answering.Print(app, parse, ServedOutcome.Of(server, parse.GetValue(alone) ? options.DataFolder : folder));
            await Waiting.UntilStoppedAsync(stop);
            return new AlreadySaid(ExitCode.Ok);
        });
    }

    private static async Task<RunningServer> StartAsync(TrackOptions options, string? authority, CancellationToken stop)
    {
        try
        {
            return await RunningServer.StartAsync(options, authority, stop);
        }
        catch (ArgumentException e)
        {
            throw new CommandFailure(e.Message, ExitCode.Usage);
        }
    }

    private static bool TryReadPort(string? text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;

    private static void LogToStandardError(ILoggingBuilder logging, bool asJson)
    {
        const string Time = "yyyy-MM-ddTHH:mm:ssZ";
        logging.AddFilter("Microsoft", LogLevel.Warning);
        _ = asJson
            ? logging.AddJsonConsole(format => (format.TimestampFormat, format.UseUtcTimestamp) = (Time, true))
            : logging.AddSimpleConsole(format => (format.SingleLine, format.TimestampFormat, format.UseUtcTimestamp) = (true, $"{Time} ", true));
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
