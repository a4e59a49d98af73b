namespace Aixv.Protocol.Lineage;

/// <summary>Two records by different signers that cannot both be right about where an artifact comes from.</summary>
/// <param name="Artifact">The artifact.</param>
/// <param name="Kind">About which edges they differ.</param>
/// <param name="First">One record.</param>
/// <param name="Second">The other.</param>
/// <param name="OnlyFirst">Parents that only the first names.</param>
/// <param name="OnlySecond">Parents that only the second names.</param>
/// <param name="Attested">Whether both signatures are verified.</param>
public sealed record LineageContradiction(
    LineageNode Artifact,
    EdgeKind Kind,
    LineageSource First,
    LineageSource Second,
    IReadOnlyList<LineageNode> OnlyFirst,
    IReadOnlyList<LineageNode> OnlySecond,
    bool Attested);
