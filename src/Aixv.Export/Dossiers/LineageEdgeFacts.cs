using Aixv.Protocol.Lineage;

namespace Aixv.Export.Dossiers;

/// <summary>An edge of the lineage: the best proven of the claims that say the same.</summary>
/// <param name="ChildKey">The key of what was made.</param>
/// <param name="ParentKey">The key of what it was made from.</param>
/// <param name="Split">Of a dataset that the artifact of the dossier was trained on; null elsewhere.</param>
public sealed record LineageEdgeFacts(
    string ChildKey, string ParentKey, EdgeKind Kind, EdgeRelation Relation, EvidenceTier Tier, LineageSource Source, string? Split)
{
    /// <summary>As the protocol names it: <c>derived_from</c>, ….</summary>
    public string RelationName => Kind.ToName();

    public bool IsAttested => Tier == EvidenceTier.Attested;

    /// <summary>Where the claim is logged; null where that is not verified.</summary>
    public LineageLogEntry? LogEntry => Source.LogEntry;
}
