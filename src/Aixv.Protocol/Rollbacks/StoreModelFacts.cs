using System.Text.Json;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Rollbacks;

/// <summary>What the attestations of a store say of models; verified ones before others, later ones before earlier ones.</summary>
public sealed class StoreModelFacts(string store, LineageGraph graph)
{
    private const int MaximumBytes = 32 * 1024 * 1024;

    public ModelFacts Find(Digest artifact)
    {
        if (graph.Find(artifact) is not (>= 0 and var node))
        {
            return new ModelFacts();
        }

        return graph.SourcesOf(node)
            .Select(graph.Source)
            .OrderByDescending(s => s.Status == SourceStatus.Verified)
            .ThenByDescending(s => s.LogEntry?.IntegratedTime)
            .Aggregate(new ModelFacts(), (facts, source) => facts.Or(Read(Path.Combine(store, source.Path))));
    }

    private static ModelFacts Read(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: <= MaximumBytes })
            {
                return new ModelFacts();
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("statement", out var statement) && statement.ValueKind == JsonValueKind.Object
                && statement.TryGetProperty("predicate", out var predicate)
                    ? ModelFactsReader.OfPredicate(predicate)
                    : new ModelFacts();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return new ModelFacts();
        }
    }
}
