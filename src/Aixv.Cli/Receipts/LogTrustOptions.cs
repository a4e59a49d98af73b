using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Trust;
using Aixv.Protocol.Receipts;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Proofs;

namespace Aixv.Cli.Receipts;

/// <summary>The options that say which logs and witnesses are believed.</summary>
internal sealed class LogTrustOptions
{
    private const int MaximumFile = 1024 * 1024;
    private readonly Option<string[]> logKeys = new("--log-key") { Description = "Believe this log: its verifier key, or a file with keys or trust.", HelpName = "KEY|FILE" };
    private readonly Option<string[]> witnesses = new("--witness") { Description = "Count this witness: its verifier key.", HelpName = "KEY" };
    private readonly Option<string?> required = Options.Text("--required-witnesses", "N", "How many of the witnesses must have cosigned (default: all that --witness names).");
    private readonly TrustOptions trust;

    public LogTrustOptions(Command command)
    {
        command.Add(logKeys);
        command.Add(witnesses);
        command.Add(required);
        trust = new TrustOptions(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(required) is { } text && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                result.AddError("--required-witnesses: a number is expected.");
            }
        });
    }

    /// <summary>The environment's instance counts only where no key is given: with keys nothing is to be fetched.</summary>
    private bool NamesInstance(App app, ParseResult parse) =>
        Array.Exists((string[])["--trusted-root", "--trust-config", "--instance", "--staging"], name => parse.GetResult(name) is OptionResult { Implicit: false })
        || app.Setting("AIXV_INSTANCE") is not null && parse.GetValue(logKeys) is not { Length: > 0 };

    /// <summary>What is believed. With keys alone nothing is fetched.</summary>
    /// <exception cref="CommandFailure">No log is named, or a file is missing.</exception>
    /// <exception cref="FormatException">A key or file is malformed.</exception>
    public async Task<ReceiptTrust> ResolveAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var parts = (parse.GetValue(logKeys) ?? []).Select(text => Read(app, text)).ToList();
        if (NamesInstance(app, parse))
        {
            parts.Add(ReceiptTrust.Of((await trust.ResolveAsync(app, parse, cancellationToken)).ParseRoot()));
        }

        if (parts.Count == 0)
        {
            throw new CommandFailure("whose log is believed? pass --log-key with its verifier key or a file, or --trusted-root", ExitCode.Usage);
        }

        var named = (parse.GetValue(witnesses) ?? []).Select(CosignatureVerifier.Parse).ToList();
        var all = named.Concat(parts.SelectMany(part => part.Witnesses.Witnesses)).DistinctBy(witness => witness.Key).ToList();
        var asked = parse.GetValue(required) is { } number
            ? int.Parse(number, CultureInfo.InvariantCulture)
            : Math.Max(named.Count, parts.Max(part => part.Witnesses.Required));
        return asked <= all.Count
            ? new ReceiptTrust([.. parts.SelectMany(part => part.Logs)], new WitnessPolicy([.. all], asked))
            : throw new CommandFailure($"{asked} witnesses are required and {all.Count} are known: name them with --witness", ExitCode.Usage);
    }

    /// <summary>A verifier key, a file of such keys one a line, or a trust file.</summary>
    private static ReceiptTrust Read(App app, string text)
    {
        if (!File.Exists(app.Resolve(text)))
        {
            return text.Contains('+', StringComparison.Ordinal)
                ? new ReceiptTrust([TrustedLogKey.Parse(text)], WitnessPolicy.None)
                : throw new CommandFailure($"log key not found: {text} is neither a file nor a verifier key (name+hex+base64)");
        }

        var content = ArtifactFile.Read(app, "log key", text, MaximumFile);
        if (content.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            return ReceiptTrust.Parse(content);
        }

        var lines = Encoding.UTF8.GetString(content).Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').ToList();
        return lines.Count > 0
            ? new ReceiptTrust([.. lines.Select(TrustedLogKey.Parse)], WitnessPolicy.None)
            : throw new CommandFailure($"log key file is empty: {text}");
    }
}
