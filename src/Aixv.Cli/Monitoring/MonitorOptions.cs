using System.CommandLine;
using System.Globalization;
using Aixv.Cli.Artifacts;
using Aixv.Protocol.Monitoring;
using Aixv.Sigstore.Artifacts;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Cli.Monitoring;

/// <summary>What a monitor looks for, and how often.</summary>
internal sealed class MonitorOptions
{
    private readonly Option<string?> watch = Options.Text("--watch", "FILE", "A watch list: identities and digests, and what is expected of them.");
    private readonly Option<string[]> identities = new("--identity") { Description = "Watch this identity (* is a glob); any signature of it is an alarm.", HelpName = "TEXT" };
    private readonly Option<string[]> digests = new("--digest") { Description = "Watch this digest; any entry about it is an alarm.", HelpName = "SHA256" };
    private readonly Option<string[]> checkpoints = new("--checkpoint") { Description = "Compare with a checkpoint that somebody else saw.", HelpName = "FILE" };
    private readonly Option<string?> from = Options.Text("--from", "INDEX", "Where to begin the first time: an index (default: 0), or 'now' for entries to come.");
    private readonly Option<string?> interval = Options.Text("--interval", "SECONDS", "How long to wait between two looks (default: 60).");
    private readonly Option<bool> once = Options.Flag("--once", "Look once and end, as from cron.");

    public MonitorOptions(Command command)
    {
        foreach (var option in (Option[])[watch, identities, digests, checkpoints, from, interval, once])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(interval) is { } text && !(TryRead(text, out var seconds) && seconds is > 0 and <= 86_400))
            {
                result.AddError("--interval: 1 to 86400 seconds are expected.");
            }

            if (result.GetValue(from) is { } start and not "now" && !TryRead(start, out _))
            {
                result.AddError("--from: an index or 'now' is expected.");
            }
        });
    }

    private static bool TryRead(string text, out ulong number) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    public bool IsOnce(ParseResult parse) => parse.GetValue(once);

    public TimeSpan Interval(ParseResult parse) => TimeSpan.FromSeconds(TryRead(parse.GetValue(interval) ?? "60", out var seconds) ? seconds : 60);

    /// <summary>Null for entries to come.</summary>
    public ulong? From(ParseResult parse) => parse.GetValue(from) == "now" ? null : TryRead(parse.GetValue(from) ?? "0", out var index) ? index : 0;

    /// <exception cref="CommandFailure">A file is missing.</exception>
    /// <exception cref="FormatException">A file or digest is malformed.</exception>
    public WatchList Watch(App app, ParseResult parse)
    {
        var list = parse.GetValue(watch) is { } file ? WatchList.Parse(ArtifactFile.Read(app, "watch list", file, WatchList.MaximumBytes)) : WatchList.Empty;
        return new WatchList(
            [.. list.Identities, .. (parse.GetValue(identities) ?? []).Select(text => new WatchedIdentity(text, null, []))],
            [.. list.Digests, .. (parse.GetValue(digests) ?? []).Select(text => WatchList.OfDigest(Digest.Parse(text).ToString(), []))]);
    }

    /// <exception cref="CommandFailure">A file is missing.</exception>
    /// <exception cref="FormatException">A file is no signed note.</exception>
    public IReadOnlyList<SignedNote> Checkpoints(App app, ParseResult parse) =>
        [.. (parse.GetValue(checkpoints) ?? []).Select(path => SignedNote.Parse(ArtifactFile.Read(app, "checkpoint", path, SignedNote.MaximumLength)))];
}
