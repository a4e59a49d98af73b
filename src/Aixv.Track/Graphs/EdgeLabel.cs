using Aixv.Protocol.Lineage;
using Aixv.Track.Attestations;
using Aixv.Track.Lineage;

namespace Aixv.Track.Graphs;

/// <summary>What a page says of an edge: the finest word for it, and how much stands behind it.</summary>
internal sealed record EdgeLabel(string Relation, EdgeKind Kind, EdgeRelation Finer, string Tier)
{
    public const string Described = "described";

    /// <param name="word">As the index has it.</param>
    public static EdgeLabel Of(string word)
    {
        var (relationship, _, _) = EdgeWords.Read(word);
        var (kind, finer) = EdgeWords.ToProtocol(word);
        var relation = finer != EdgeRelation.Unspecified ? finer.ToName()
            : relationship == Relationships.ProducedBy ? Relationships.ProducedBy
            : kind.ToName();
        return new EdgeLabel(relation, kind, finer, EdgeWords.TierOf(word));
    }

    /// <summary>Whether the edge is itself the use of a tokenizer.</summary>
    public bool IsTokenizer => Finer == EdgeRelation.Tokenizer;

    public bool IsAttested => Tier == "attested";
}
