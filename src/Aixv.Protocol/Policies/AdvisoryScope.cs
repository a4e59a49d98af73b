namespace Aixv.Protocol.Policies;

/// <summary>Which advisories a policy counts.</summary>
public enum AdvisoryScope
{
    /// <summary>Those that name the artifact's own digest.</summary>
    Self = 1,

    /// <summary>Also those that reach it by a selector, along attested edges by trusted subjects.</summary>
    Lineage,
}
