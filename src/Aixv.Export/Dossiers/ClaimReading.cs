using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>Reads claims. They may be anybody's, so what has another shape than expected is left out, never guessed.</summary>
internal static class ClaimReading
{
    private static readonly string[] RunMembers =
    [
        "framework", "framework_version", "code_digest", "code_uri", "environment_digest", "environment_uri", "started_on", "started_at", "finished_on", "finished_at",
        "invocation_id", "run_id",
    ];

    /// <summary>The parents or datasets of a training claim; null where it says nothing of them.</summary>
    public static ImmutableArray<ReferenceFacts>? References(JsonObject? claim, string member)
    {
        if (claim?[member] is not JsonArray list)
        {
            return default(ImmutableArray<ReferenceFacts>?);
        }

        var references = ImmutableArray.CreateBuilder<ReferenceFacts>();
        foreach (var item in list)
        {
            if (item is not JsonObject json)
            {
                continue;
            }

            var reference = new ReferenceFacts
            {
                Digest = ReadDigest(json, "digest"),
                Uri = Text(json, "uri"),
                Name = Text(json, "name"),
                Split = Text(json, "split"),
                Relation = Text(json, "relation") ?? Text(json, "relationship"),
            };
            if (reference is not { Digest: null, Uri: null, Name: null })
            {
                references.Add(reference with { Tier = reference.Digest is null ? EvidenceTier.Described : EvidenceTier.Identified });
            }
        }

        return references.ToImmutable();
    }

    /// <summary>The training run; null where the claim describes none.</summary>
    public static TrainingFacts? Run(JsonObject? claim, SignerEvidence? signer)
    {
        if (claim is null)
        {
            return null;
        }

        var run = claim["training_run"] as JsonObject ?? [];
        var others = new JsonObject();
        foreach (var (name, value) in run)
        {
            if (!RunMembers.Contains(name))
            {
                others[name] = value?.DeepClone();
            }
        }

        var facts = new TrainingFacts
        {
            Framework = Text(run, "framework"),
            FrameworkVersion = Text(run, "framework_version"),
            CodeDigest = ReadDigest(run, "code_digest"),
            CodeUri = Text(run, "code_uri"),
            EnvironmentDigest = ReadDigest(run, "environment_digest"),
            EnvironmentUri = Text(run, "environment_uri"),
            Hyperparameters = Object(claim, "hyperparameters"),
            Compute = Object(claim, "compute"),
            Others = others,
            StartedOn = Time(run, "started_on") ?? Time(run, "started_at"),
            FinishedOn = Time(run, "finished_on") ?? Time(run, "finished_at"),
            InvocationId = Text(run, "invocation_id") ?? Text(run, "run_id") ?? signer?.Claims.GetValueOrDefault("run_invocation_uri"),
        };
        return run.Count == 0 && facts.Hyperparameters.Count == 0 && facts.Compute.Count == 0 ? null : facts;
    }

    public static IEnumerable<BenchmarkFacts> Benchmarks(AttestationFacts attestation) =>
        attestation.Predicate?["benchmarks"] is not JsonArray list ? [] : list.OfType<JsonObject>()
            .Where(b => Text(b, "name") is not null && Text(b, "metric") is not null)
            .Select(b => new BenchmarkFacts(
                Text(b, "name")!, Text(b, "metric")!, b["value"]?.DeepClone(), b["confidence_interval"]?.DeepClone(), attestation.Digest, attestation.Bundle is not null));

    private static JsonObject Object(JsonObject json, string name) => json[name] is JsonObject value ? value.DeepClone().AsObject() : [];

    private static string? Text(JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static Digest? ReadDigest(JsonObject json, string name) => Text(json, name) is { } text && Digest.TryParse(text, out var digest) ? digest : null;

    private static DateTimeOffset? Time(JsonObject json, string name) =>
        Text(json, name) is { } text
        && text.Contains('T', StringComparison.Ordinal)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;
}
