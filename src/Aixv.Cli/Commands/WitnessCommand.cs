using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Cli.Serving;
using Aixv.Cli.Witnessing;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Witnessing;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv witness</c>: cosigns the checkpoints of logs, until it is stopped.</summary>
internal static class WitnessCommand
{
    private const int MaximumFile = 1024 * 1024;

    public static Command Create(App app)
    {
        var name = new Option<string>("--name") { Description = "The witness's name, as example.org/witness: part of its key, not to be changed.", HelpName = "NAME", Required = true };
        var logs = new Option<string[]>("--log") { Description = "A log to witness: its verifier key, or a file with keys, one a line.", HelpName = "KEY|FILE", Required = true };
        var data = WitnessFolder.Option();
        var port = Options.Text("--port", "PORT", "The port to listen on (default: 3100; 0 takes a free one).");
        var host = Options.Text("--host", "HOST", "The address to listen on: localhost (default), an IP address, or * for all.");
        var quiet = Options.Flag("--quiet", "Do not log answers to standard error.");
        var command = new Command("witness", "Run a witness: cosign checkpoints of logs that only ever grow.") { name, logs, data, port, host, quiet };
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
            var folder = WitnessFolder.Resolve(app, parse, data);
            using var state = new WitnessState(Path.Combine(folder, "state"));
            using var key = WitnessFolder.OpenKey(folder);
            var witness = new Witness(ReadLogs(app, parse.GetRequiredValue(logs)), SignerOf(parse.GetRequiredValue(name), key, app.Time), state);
            var isQuiet = parse.GetValue(quiet);
            await using var server = await WitnessServer.StartAsync(
                witness, parse.GetValue(host) ?? "localhost", TryReadPort(parse.GetValue(port), out var number) ? number : 3100,
                answer => Log(app, isQuiet, answer), stop);
            Answering.Print(app, parse, new WitnessingOutcome(server.Url, witness.Verifier.ToVerifierKey(), folder, [.. witness.Origins.Order(StringComparer.Ordinal)]));
            await Waiting.UntilStoppedAsync(stop);
            return new AlreadySaid(ExitCode.Ok);
        });
    }

    private static CosignatureSigner SignerOf(string name, Transparency.Keys.SigningKey key, TimeProvider time)
    {
        try
        {
            return new CosignatureSigner(name, key, time);
        }
        catch (ArgumentException e)
        {
            throw new CommandFailure($"--name: {e.Message}", ExitCode.Usage);
        }
    }

    private static ImmutableArray<WitnessedLog> ReadLogs(App app, string[] given)
    {
        var keys = given.SelectMany(text => File.Exists(app.Resolve(text))
            ? Encoding.UTF8.GetString(ArtifactFile.Read(app, "log keys", text, MaximumFile)).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')
            : [text]).Distinct(StringComparer.Ordinal);
        return WitnessedLog.Parse(keys) is { IsEmpty: false } logs ? logs : throw new CommandFailure("--log: no key of a log", ExitCode.Usage);
    }

    private static void Log(App app, bool isQuiet, WitnessAnswer answer)
    {
        if (!isQuiet)
        {
            var time = app.Time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            var what = answer.Verdict == 0 ? "unable" : Kebab.Of(answer.Verdict);
            lock (app.Error)
            {
                app.Error.WriteLine($"{time} {what} {new Report(app).Printable(answer.Origin ?? "-")}{(answer.Verdict == WitnessVerdict.Cosigned ? "" : $": {new Report(app).Printable(answer.Body.TrimEnd('\n'))}")}");
            }
        }
    }

    private static bool TryReadPort(string? text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= 65535;
}
