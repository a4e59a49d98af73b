namespace Aixv.Export.Findings;

/// <summary>What an advisory means for the artifact, in the four words of VEX.</summary>
internal enum Impact
{
    /// <summary>Active, by a trusted signer, and certainly about the artifact.</summary>
    Affected = 1,

    /// <summary>A trusted signer withdrew it.</summary>
    NotAffected,

    /// <summary>A trusted signer says that something was done about it.</summary>
    Fixed,

    /// <summary>Nobody who counts here says it, or the way to the artifact is not attested throughout.</summary>
    UnderInvestigation,
}
