using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Cli.Signing;
using Aixv.Protocol.Advisories.Feeds;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv advisory publish</c>: the store's signed advisories as a feed, with a snapshot that expires, signed as a whole.</summary>
internal static class AdvisoryPublishCommand
{
    private const int MaximumFeed = 256 * 1024 * 1024;

    public static Command Create(App app)
    {
        var output = new Option<string>("--output") { Description = "Where to write the feed; its bundle stands beside it, .sigstore.json after its name.", HelpName = "FILE", Required = true };
        var days = new Option<int>("--expires-in-days") { Description = "For how long the feed may be taken for the latest news.", HelpName = "N", DefaultValueFactory = _ => 7 };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 3650)
            {
                result.AddError("--expires-in-days must be 1 to 3650.");
            }
        });
        var command = new Command("publish", "Write the signed advisories of the store as a feed, and sign it.") { output, days };
        var store = new StoreFolder(command);
        var signing = new SigningOptions(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var path = parse.GetRequiredValue(output);
            OutputFile.RequireWritable(app, path);
            var records = SignedAdvisories(store.Records(app, parse));
            var now = app.Time.GetUtcNow();
            var snapshot = new FeedSnapshot(NextNumber(app.Resolve(path)), now, now.AddDays(parse.GetValue(days)));
            var feed = AdvisoryFeed.Build(records, snapshot);
            using var open = await signing.OpenAsync(app, parse, cancellationToken);
            var signed = await open.Signer.SignArtifactAsync(ArtifactDigests.Of(feed), cancellationToken);

            // The bundle first: a reader between the two sees a feed that its bundle does not fit, and tries again later.
            var bundlePath = $"{path}.sigstore.json";
            NewFile.ReplaceAll((app.Resolve(bundlePath), signed.ToJson()), (app.Resolve(path), feed));
            return new Outcome(path, bundlePath, records.Count, snapshot, SignedBy.Read(signed), signing.IsStaging(parse));
        });
    }

    /// <exception cref="CommandFailure">An advisory that cannot be published: leaving it out in silence would hide news.</exception>
    private static List<StoredRecord> SignedAdvisories(RecordStore store)
    {
        var listing = store.List(RecordKinds.Advisory);
        if (listing.Damaged is [var damaged, ..])
        {
            throw new CommandFailure($"advisory not readable: {damaged.Path}: {damaged.Reason}");
        }

        return listing.Records.FirstOrDefault(r => r.BundlePath is null) is { } unsigned
            ? throw new CommandFailure($"advisory not signed: {unsigned.Path}: nobody would take it from a feed; sign it or move it away")
            : [.. listing.Records.OrderBy(r => r.Path.Length).ThenBy(r => r.Path, StringComparer.Ordinal)];
    }

    /// <summary>One more than the snapshot that is there: a feed that goes back is refused by those who saw it.</summary>
    /// <exception cref="FormatException">There is a file, and it is no feed with a snapshot.</exception>
    private static long NextNumber(string path)
    {
        if (!File.Exists(path))
        {
            return 1;
        }

        if (new FileInfo(path).Length > MaximumFeed)
        {
            throw new FormatException($"{path}: more than {MaximumFeed} bytes, which is no feed; it is not overwritten");
        }

        var json = SortedJson.ParseObject(File.ReadAllBytes(path), "advisory feed", MaximumFeed);
        return json["snapshot"]?["number"] is JsonValue value && value.TryGetValue<long>(out var number) && number is > 0 and < long.MaxValue
            ? number + 1
            : throw new FormatException($"{path}: exists and is no feed with a snapshot; it is not overwritten");
    }

    private sealed record Outcome(string Feed, string BundlePath, int Count, FeedSnapshot Snapshot, SignedBy Signer, bool IsStaging) : IOutcome
    {
        public int ExitCode => Cli.ExitCode.Ok;

        public JsonObject ToJson() => new()
        {
            ["ok"] = true,
            ["feed"] = Feed,
            ["bundle_path"] = BundlePath,
            ["entry_count"] = Count,
            ["snapshot"] = Snapshot.ToJson(),
            ["identity"] = Signer.ToJson(),
            ["key_hint"] = Signer.KeyHint,
            ["log_indexes"] = Signer.LogIndexesToJson(),
            ["staging"] = IsStaging,
        };

        public void Describe(Report report)
        {
            report.Title(good: true, $"{Feed}: {Count} advisories, snapshot {Snapshot.Number}");
            report.Row("expires", Sigstore.Json.Rfc3339.Format(Snapshot.ExpiresAt));
            Signer.Describe(report);
            report.Row("bundle", BundlePath);
        }
    }
}
