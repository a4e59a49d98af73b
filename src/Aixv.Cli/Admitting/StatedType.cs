using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Admitting;

/// <summary>What an artifact is, as attestations by signers whom the policy trusts for lineage say. Nobody else's word chooses what is required of it.</summary>
internal static class StatedType
{
    /// <summary>The type and where it is said; of several the most direct, of equals the latest. Null where nobody says.</summary>
    public static (string Type, string Source)? Of(StoreView store, PolicyTrust trust, IEnumerable<LineageSource> sources) => sources
        .Where(source => source is { Status: SourceStatus.Verified, Signer: { } by } && trust.TrustsForLineage(by.Subject, by.Issuer))
        .Select(source => (Source: source, Found: Read(store, source)))
        .Where(pair => pair.Found is not null)
        .OrderByDescending(pair => pair.Found!.Value.Rank)
        .ThenByDescending(pair => pair.Source.LogEntry?.IntegratedTime)
        .ThenByDescending(pair => pair.Source.Path, StringComparer.Ordinal)
        .Select(pair => ((string Type, string Source)?)(pair.Found!.Value.Type, $"{pair.Source.Path} by {pair.Source.Signer!.Subject}"))
        .FirstOrDefault();

    private static (string Type, int Rank)? Read(StoreView store, LineageSource source)
    {
        try
        {
            var statement = AttestationRecord.Parse(File.ReadAllBytes(Path.Combine(store.Folder, source.Path))).Statement;
            return statement["predicate"] is JsonObject predicate ? Of(source.PredicateType, predicate) : null;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Named outright, else by what was done: packaged, changed by a delta, trained.</summary>
    internal static (string Type, int Rank)? Of(string predicateType, JsonObject predicate)
    {
        if ((Text(predicate, "artifact_type") ?? Text(predicate["metadata"] as JsonObject, "artifact_type")) is { } named)
        {
            return (named, 3);
        }

        return PredicateTypes.Find(predicateType)?.Alias switch
        {
            "packaging" => Text(predicate, "transform_type") switch
            {
                "quantize" => ("quantized-model", 2),
                "merge-adapter" => ("fine-tuned-model", 2),
                _ => null,
            },
            "cl-delta" => ("cl-delta", 2),
            "training" => Trained(predicate),
            _ => null,
        };
    }

    private static (string Type, int Rank)? Trained(JsonObject predicate)
    {
        if (predicate["parent_models"] is not JsonArray parents)
        {
            return null;
        }

        var metadata = predicate["metadata"] as JsonObject;
        string?[] words =
        [
            .. parents.OfType<JsonObject>().Select(parent => Text(parent, "relation") ?? Text(parent, "base_model_relation")),
            Text(metadata, "base_model_relation"), Text(metadata, "relation"), Text(predicate["training_run"] as JsonObject, "method"),
        ];
        return (parents.Count, words.OfType<string>().Select(EdgeNames.ReadRelation).FirstOrDefault(relation => relation != EdgeRelation.Unspecified)) switch
        {
            (0, _) => ("base-model", 1),
            (_, EdgeRelation.Adapter) => ("lora-adapter", 1),
            (_, EdgeRelation.Quantize) => ("quantized-model", 1),
            _ => ("fine-tuned-model", 1),
        };
    }

    private static string? Text(JsonObject? owner, string name) =>
        owner?[name] is JsonValue value && value.TryGetValue<string>(out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
