using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Assessments;

/// <summary>A framework held against the evidence of one artifact (<c>aixv.assessment/v1</c>).</summary>
/// <remarks>An item without evidence is a gap. What nobody signed gives at most partly. Nothing here is a finding of conformity.</remarks>
public sealed record Assessment(Framework Framework, ImmutableArray<AssessedItem> Items)
{
    public const string Schema = "aixv.assessment/v1";

    /// <summary>What every reader is told.</summary>
    public const string Caution = "An evidence map, not a finding of conformity: it tells which evidence of the artifact bears on an item. A person must judge.";

    public static Assessment Of(Framework framework, Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(framework);
        ArgumentNullException.ThrowIfNull(dossier);
        var facts = new FactReading(dossier);
        return new Assessment(framework, [.. framework.Items.Select(item => Assess(item, facts))]);
    }

    /// <summary>How many items have this status.</summary>
    public int Count(ItemStatus status) => Items.Count(item => item.Status == status);

    public static string WordOf(ItemStatus status) => status switch
    {
        ItemStatus.Met => "met",
        ItemStatus.Partly => "partly",
        ItemStatus.Gap => "gap",
        ItemStatus.NotApplicable => "not-applicable",
    };

    private static AssessedItem Assess(FrameworkItem item, FactReading reading)
    {
        var facts = item.Facts.Select(reading.Of).ToList();
        var known = facts.Where(f => f.Standing != Standing.Absent).ToList();
        var evidence = known.SelectMany(f => f.Evidence).Distinct().ToImmutableArray();
        if (facts.Count > 0 && facts.All(f => f.DoesNotArise && f.Standing == Standing.Attested))
        {
            return new AssessedItem(item, ItemStatus.NotApplicable, Sentence("It does not arise", facts), evidence);
        }

        var status = evidence.IsEmpty ? ItemStatus.Gap
            : item.Beyond is null && facts.All(f => f.Standing == Standing.Attested) ? ItemStatus.Met
            : ItemStatus.Partly;
        string[] sentences =
        [
            Sentence("Attested", facts.Where(f => f.Standing == Standing.Attested)),
            Sentence("Described only", facts.Where(f => f.Standing == Standing.Described)),
            Sentence("Declared only", facts.Where(f => f.Standing == Standing.Declared)),
            Sentence("Missing", facts.Where(f => f.Standing == Standing.Absent)),
            item.Beyond is null ? "" : $"Not shown by evidence of an artifact: {item.Beyond}.",
        ];
        return new AssessedItem(item, status, string.Join(' ', sentences.Where(s => s.Length > 0)), evidence);
    }

    private static string Sentence(string head, IEnumerable<Fact> facts) =>
        string.Join("; ", facts.Select(f => f.What).Distinct(StringComparer.Ordinal)) is { Length: > 0 } words ? $"{head}: {words}." : "";

    public JsonObject ToJson(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return new JsonObject
        {
            ["schema"] = Schema,
            ["caution"] = Caution,
            ["framework"] = new JsonObject
            {
                ["id"] = Framework.Id,
                ["name"] = Framework.Name,
                ["version"] = Framework.Version,
                ["source"] = Framework.Source,
                ["note"] = Framework.Note,
            },
            ["artifact"] = new JsonObject { ["name"] = dossier.Artifact.Name, ["digest"] = dossier.Artifact.Digest.ToString() }
                .With("uri", dossier.Artifact.Uri)
                .With("version", dossier.Artifact.Version),
            ["assessed_at"] = Rfc3339.Format(dossier.Time),
            ["tool"] = $"aixv {dossier.ToolVersion}",
            ["summary"] = new JsonObject(Enum.GetValues<ItemStatus>().Select(s => KeyValuePair.Create(WordOf(s), (JsonNode?)Count(s)))),
            ["items"] = Items.Select(item => (JsonNode)item.ToJson()).ToJsonArray(),
        }.With("signed_evidence", SignedEvidence(dossier));
    }

    private static JsonObject? SignedEvidence(Dossier dossier) => dossier.Bundle is not { } bundle ? null : new JsonObject { ["digest"] = bundle.Digest.ToString() }
        .With("uri", bundle.Location)
        .With("log_index", bundle.LogEntry?.LogIndex)
        .With("signer", dossier.Signer!.Subject)
        .With("issuer", dossier.Signer.Issuer);
}
