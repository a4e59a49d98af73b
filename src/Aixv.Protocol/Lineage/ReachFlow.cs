using Aixv.Protocol.Advisories;

namespace Aixv.Protocol.Lineage;

/// <summary>A policy's reach rules for one class of advisory, as a table by the low seven bits of a claim.</summary>
internal sealed class ReachFlow
{
    private const int Claims = 128;

    private ReachFlow(bool[] always, bool[] withTokenizer) => (Always, WithTokenizer) = (always, withTokenizer);

    /// <summary>The advisory flows.</summary>
    internal bool[] Always { get; }

    /// <summary>It flows to what uses the same tokenizer.</summary>
    internal bool[] WithTokenizer { get; }

    internal bool IsConditional => WithTokenizer.Contains(true);

    internal static ReachFlow Of(ReachRules rules, AdvisoryClass advisoryClass)
    {
        var (always, withTokenizer) = (new bool[Claims], new bool[Claims]);
        foreach (var kind in Enum.GetValues<EdgeKind>())
        {
            foreach (var relation in Enum.GetValues<EdgeRelation>())
            {
                var low = EdgeClaim.Of(kind, relation, 0).Bits;
                switch (rules.For(kind.ToName(), advisoryClass))
                {
                    case Reach.Flows:
                        always[low] = true;
                        break;
                    case Reach.Stops:
                        break;
                    case Reach.IfTokenizerInherited:
                        // The edge from a tokenizer to its user is the use itself.
                        (relation == EdgeRelation.Tokenizer ? always : withTokenizer)[low] = true;
                        break;
                }
            }
        }

        return new ReachFlow(always, withTokenizer);
    }
}

/// <summary>Edges along which an advisory flows.</summary>
/// <param name="trusted">By source; null takes every record's word.</param>
/// <param name="flow">The rules.</param>
/// <param name="usesTokenizer">Whether a node uses the tokenizer that the advisory is about.</param>
internal readonly struct FlowingEdge(bool[]? trusted, ReachFlow flow, Func<int, bool> usesTokenizer) : IEdgeFilter
{
    public bool Passes(uint claim, int target) =>
        (trusted is null || trusted[claim >> 7])
        && (flow.Always[claim & 127] || (flow.WithTokenizer[claim & 127] && usesTokenizer(target)));
}
