using System.CommandLine;
using System.Globalization;
using Aixv.Cli.Artifacts;
using Aixv.Export.Dossiers;

namespace Aixv.Cli.Exporting;

/// <summary>The options that say what goes into a dossier beside the evidence itself.</summary>
internal sealed class DossierOptions
{
    private const int MaximumMetadata = 4 * 1024 * 1024;
    private const int MaximumReceipt = 1024 * 1024;
    private const int MaximumDepth = 1_000_000;

    private readonly Option<string[]> bundles = new("--bundle") { HelpName = "FILE", Description = "A signature or attestation bundle of the artifact, beside those that are found. May be repeated." };
    private readonly Option<string?> timestamp = Options.Text("--timestamp", "TIME", "The time of the export, as 2026-01-31T12:00:00Z (default: that of the latest fact, else SOURCE_DATE_EPOCH). A policy decides as of then.");
    private readonly Option<string?> metadata = Options.Text("--meta", "FILE", "What the publisher declares without proof: licence, supplier, task, … (docs/exports.md).");
    private readonly Option<string?> uri = Options.Text("--uri", "URI", "Where the artifact is published, such as hf://org/model@revision.");
    private readonly Option<string?> bundleUri = Options.Text("--bundle-uri", "URI", "Where its bundle is published.");
    private readonly Option<string?> feed = Options.Text("--advisory-feed", "URI", "Where advisories about it are published.");
    private readonly Option<string?> dataset = Options.Text("--dataset", "DIGEST|URI|NAME", "For formats that describe one dataset (croissant): which of them.");
    private readonly Option<string?> artifactType = Options.Text("--artifact-type", "TYPE", "What the artifact is: base-model, lora-adapter, ….");
    private readonly Option<string[]> receipts = new("--receipt") { HelpName = "FILE", Description = "A COSE receipt, or a transparent statement, about the artifact. May be repeated." };
    private readonly Option<int?> depth = new("--depth") { HelpName = "N", Description = "How many levels of lineage (default: all)." };

    public DossierOptions(Command command)
    {
        foreach (var option in (Option[])[bundles, metadata, uri, bundleUri, artifactType, dataset, feed, receipts, depth, timestamp])
        {
            command.Add(option);
        }

        depth.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var levels) || levels is < 0 or > MaximumDepth))
            {
                result.AddError($"--depth takes a number from 0 to {MaximumDepth}, not '{token.Value}'.");
            }
        });
    }

    public int Depth(ParseResult parse) => parse.GetValue(depth) ?? int.MaxValue;

    public IReadOnlyList<string> Bundles(ParseResult parse) => parse.GetValue(bundles) ?? [];

    public string? Uri(ParseResult parse) => parse.GetValue(uri);

    public string? BundleUri(ParseResult parse) => parse.GetValue(bundleUri);

    public string? AdvisoryFeed(ParseResult parse) => parse.GetValue(feed);

    public string? Dataset(ParseResult parse) => parse.GetValue(dataset);

    public string? ArtifactType(ParseResult parse) => parse.GetValue(artifactType);

    /// <exception cref="CommandFailure">There is no such file.</exception>
    /// <exception cref="FormatException">Not a metadata file.</exception>
    public DeclaredReading.DeclaredArtifact Declared(App app, ParseResult parse) => parse.GetValue(metadata) is { } path
        ? DeclaredReading.Parse(ArtifactFile.Read(app, "metadata", path, MaximumMetadata))
        : new DeclaredReading.DeclaredArtifact(DeclaredFacts.None, null, null);

    public IEnumerable<(string Path, ReceiptFacts Receipt)> Receipts(App app, ParseResult parse) =>
        (parse.GetValue(receipts) ?? []).SelectMany(path => Read(path, ArtifactFile.Read(app, "receipt", path, MaximumReceipt)).Select(receipt => (path, receipt)));

    private static IReadOnlyList<ReceiptFacts> Read(string path, byte[] file)
    {
        try
        {
            return ReceiptReading.Read(file);
        }
        catch (FormatException e)
        {
            throw new CommandFailure(file is [(byte)'{', ..]
                ? $"{path}: a receipt in COSE is expected, and this is JSON: ask the registry for proof-bundle?format=cose"
                : $"{path}: {e.Message}");
        }
    }

    /// <summary>The time that the user sets; null where the facts decide.</summary>
    /// <exception cref="CommandFailure">Not a time.</exception>
    public DateTimeOffset? Time(ParseResult parse) => parse.GetValue(timestamp) is not { } text
        ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new CommandFailure($"--timestamp: '{text}' is no time; expected 2026-01-31T12:00:00Z");

    /// <summary>
    /// When the policy decides: now, or, so that the same facts are the same bytes on any day, at the time that the user sets, or at
    /// SOURCE_DATE_EPOCH, but not before the <paramref name="latest"/> fact.
    /// </summary>
    public DateTimeOffset DecisionTime(App app, ParseResult parse, DateTimeOffset? latest) =>
        Time(parse) ?? (FallbackTime(app) is not { } epoch ? app.Time.GetUtcNow() : latest > epoch ? latest.Value : epoch);

    /// <summary>SOURCE_DATE_EPOCH, in Unix seconds.</summary>
    /// <exception cref="CommandFailure">It is set, and no number.</exception>
    public static DateTimeOffset? FallbackTime(App app)
    {
        if (app.Setting("SOURCE_DATE_EPOCH") is not { } text)
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new CommandFailure($"SOURCE_DATE_EPOCH: '{text}' is no number of seconds since 1970");
    }
}
