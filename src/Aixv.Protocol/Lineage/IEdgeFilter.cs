namespace Aixv.Protocol.Lineage;

/// <summary>Which edges a walk follows. Structs implement it, so that the walk is compiled for each.</summary>
internal interface IEdgeFilter
{
    /// <param name="claim">What is said of the edge: <see cref="EdgeClaim.Bits"/>.</param>
    /// <param name="target">The node that it leads to.</param>
    bool Passes(uint claim, int target);
}

/// <summary>Every edge.</summary>
internal readonly struct AnyEdge : IEdgeFilter
{
    public bool Passes(uint claim, int target) => true;
}

/// <summary>Every edge that a trusted record states.</summary>
/// <param name="trusted">By source.</param>
internal readonly struct TrustedEdge(bool[] trusted) : IEdgeFilter
{
    public bool Passes(uint claim, int target) => trusted[claim >> 7];
}
