using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>An edge of the lineage: the best proven of the claims that say the same.</summary>
/// <param name="ChildKey">The key of what was made.</param>
/// <param name="ParentKey">The key of what it was made from.</param>
/// <param name="Split">Of a dataset that the artifact of the dossier was trained on; null elsewhere.</param>
public sealed record LineageEdgeFacts(
    string ChildKey, string ParentKey, EdgeKind Kind, EdgeRelation Relation, EvidenceTier Tier, LineageSource Source, string? Split)
{
    /// <summary>Null where the child is only described.</summary>
    public Digest? ChildDigest { get; init; }

    /// <summary>Null where the parent is only described.</summary>
    public Digest? ParentDigest { get; init; }

    /// <summary>Where the parent is, as the records say; null where none does. Untrusted text.</summary>
    public string? ParentUri { get; init; }

    /// <summary>As the protocol names it: <c>derived_from</c>, ….</summary>
    public string RelationName => Kind.ToName();

    public bool IsAttested => Tier == EvidenceTier.Attested;

    /// <summary>Where the claim is logged; null where that is not verified.</summary>
    public LineageLogEntry? LogEntry => Source.LogEntry;
}
