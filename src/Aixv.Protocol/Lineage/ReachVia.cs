namespace Aixv.Protocol.Lineage;

/// <summary>How an advisory comes to an artifact.</summary>
public enum ReachVia : byte
{
    /// <summary>It names the digest.</summary>
    Named,

    /// <summary>Down an edge, by the selector <c>descendants</c>.</summary>
    Descendant,

    /// <summary>Up an edge, by the selector <c>parents</c>.</summary>
    Parent,

    /// <summary>Through a bundle that holds both, by the selector <c>bundles</c>.</summary>
    BundleMember,
}
