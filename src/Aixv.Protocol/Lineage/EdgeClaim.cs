namespace Aixv.Protocol.Lineage;

/// <summary>What is said of one edge and in which source, in 32 bits: kind in bits 0 to 2, relation in 3 to 6, the source's number above.</summary>
public readonly record struct EdgeClaim(uint Bits)
{
    /// <summary>How many sources a graph can have.</summary>
    public const int MaximumSources = 1 << 25;

    private const int SourceShift = 7;

    public EdgeKind Kind => (EdgeKind)(Bits & 7);

    public EdgeRelation Relation => (EdgeRelation)((Bits >> 3) & 15);

    /// <summary>The number of the record that says so.</summary>
    public int Source => (int)(Bits >> SourceShift);

    public static EdgeClaim Of(EdgeKind kind, EdgeRelation relation, int source) => source is >= 0 and < MaximumSources
        ? new EdgeClaim(((uint)source << SourceShift) | ((uint)relation << 3) | (uint)kind)
        : throw new ArgumentOutOfRangeException(nameof(source), source, $"A graph has at most {MaximumSources} sources.");
}
