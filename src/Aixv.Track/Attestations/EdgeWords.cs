using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Track.Indexing;

namespace Aixv.Track.Attestations;

/// <summary>How an edge that a signed statement claims is written in the index: <c>attested:derived_from:fine-tune</c>.</summary>
internal static class EdgeWords
{
    private const string Prefix = "attested:";
    private const string DescribedPrefix = "described:";

    /// <summary>Not an edge of lineage: the record (source) has this digest (target).</summary>
    public const string Is = "is";

    public static string Of(EdgeKind kind, EdgeRelation relation) =>
        relation == EdgeRelation.Unspecified ? $"{Prefix}{kind.ToName()}" : $"{Prefix}{kind.ToName()}:{relation.ToName()}";

    /// <summary>An edge of an import, which nobody vouches for: <c>described:huggingface:fine_tuned_from</c>.</summary>
    public static string OfDescribed(string source, string relation) => $"{DescribedPrefix}{source}:{relation}";

    public static bool IsDescribed(string word) => word.StartsWith(DescribedPrefix, StringComparison.Ordinal);

    public static bool IsDescribedBy(string word, string source) => IsDescribed(word)
        && word.Length > DescribedPrefix.Length + source.Length
        && word[DescribedPrefix.Length + source.Length] == ':'
        && word.AsSpan(DescribedPrefix.Length).StartsWith(source, StringComparison.Ordinal);

    /// <summary>How far an edge is vouched for: described, identified or attested.</summary>
    public static string TierOf(string word) => IsDescribed(word) ? "described" : word.StartsWith(Prefix, StringComparison.Ordinal) ? "attested" : "identified";

    /// <summary>The relationship, its finer relation, and whether a signed statement says so.</summary>
    public static (string Relationship, string? Relation, bool IsAttested) Read(string word)
    {
        if (IsDescribed(word))
        {
            return (word[(word.IndexOf(':', DescribedPrefix.Length) + 1)..], null, false);
        }

        if (!word.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return (word, null, false);
        }

        var rest = word[Prefix.Length..];
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (rest, null, true) : (rest[..colon], rest[(colon + 1)..], true);
    }

    /// <summary>The kind and relation in the protocol's words, also of what tenants state about records.</summary>
    public static (EdgeKind Kind, EdgeRelation Relation) ToProtocol(string word)
    {
        var (relationship, relation, _) = Read(word);
        return relationship switch
        {
            "trained_on" => (EdgeKind.TrainedOn, EdgeRelation.Unspecified),
            "packaged_from" => (EdgeKind.PackagedFrom, RelationOf(relation)),
            "evaluated_with" => (EdgeKind.EvaluatedWith, EdgeRelation.Unspecified),
            "deployed_as" => (EdgeKind.DeployedAs, RelationOf(relation)),
            "fine_tuned_from" => (EdgeKind.DerivedFrom, EdgeRelation.FineTune),
            "distilled_from" => (EdgeKind.DerivedFrom, EdgeRelation.Distil),
            "quantized_from" => (EdgeKind.DerivedFrom, EdgeRelation.Quantize),
            "merged_from" => (EdgeKind.DerivedFrom, EdgeRelation.Merge),
            _ => (EdgeKind.DerivedFrom, RelationOf(relation)),
        };
    }

    private static EdgeRelation RelationOf(string? name) => name switch
    {
        null => EdgeRelation.Unspecified,
        "rollback" => EdgeRelation.Rollback,
        "input" => EdgeRelation.Input,
        _ => EdgeNames.ReadRelation(name),
    };

    public static JsonObject ToJson(IndexEdge edge)
    {
        var (relationship, relation, _) = Read(edge.Relation);
        return new JsonObject
        {
            ["source"] = edge.Source.Text,
            ["target"] = edge.Target.Text,
            ["relationship"] = relationship,
            ["relation"] = relation,
            ["tier"] = TierOf(edge.Relation),
        };
    }
}
