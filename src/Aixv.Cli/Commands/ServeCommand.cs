using System.CommandLine;
using System.Globalization;
using Aixv.Authority.Hosting;
using Aixv.Cli.Output;
using Aixv.Cli.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv serve</c>: a private Sigstore in this process, until it is stopped.</summary>
internal static class ServeCommand
{
    public static Command Create(App app)
    {
        var data = AuthorityFolder.Option();
        var port = Options.Text("--port", "PORT", "The port to listen on (default: 3000; 0 takes a free one).");
        var host = Options.Text("--host", "HOST", "The address to listen on: localhost (default), an IP address, or * for all.");
        var url = Options.Text("--url", "URL", "The address that clients use, where it differs (a proxy in front, a host name).");
        var quiet = Options.Flag("--quiet", "Do not log requests to standard error.");
        var command = new Command("serve", "Run a private Sigstore: issuer, CA, logs, timestamps, TUF.") { data, port, host, url, quiet };
        command.Validators.Add(result =>
        {
            if (result.GetValue(port) is { } text && !TryReadPort(text, out _))
            {
                result.AddError("--port: 0 to 65535 is expected.");
            }
        });
        return command.Answer(app, async (parse, _) =>
        {
            var stop = app.StopRequested();
            var folder = AuthorityFolder.Resolve(app, parse, data);
            await using var server = await AuthorityServer.StartAsync(
                new AuthorityOptions
                {
                    DataFolder = folder,
                    Port = TryReadPort(parse.GetValue(port), out var number) ? number : 3000,
                    Host = parse.GetValue(host) ?? "localhost",
                    Url = parse.GetValue(url),
                    Time = app.Time,
                    Logging = parse.GetValue(quiet) ? null : LogToStandardError,
                },
                stop);
            Answering.Print(app, parse, ServedOutcome.Of(server, folder));
            await Waiting.UntilStoppedAsync(stop);
            return new AlreadySaid(ExitCode.Ok);
        });
    }

    private static bool TryReadPort(string? text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;

    private static void LogToStandardError(ILoggingBuilder logging) => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddSimpleConsole(format =>
        {
            format.SingleLine = true;
            format.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
            format.UseUtcTimestamp = true;
        })
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
