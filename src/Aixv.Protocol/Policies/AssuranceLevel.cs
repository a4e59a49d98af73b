namespace Aixv.Protocol.Policies;

/// <summary>How much a verification must ask for (protocol §4); each level includes the ones before it.</summary>
public enum AssuranceLevel
{
    /// <summary>The signature is bound to a trusted subject.</summary>
    Level1 = 1,

    /// <summary>A policy, itself signed, that counts signed advisories by named subjects only.</summary>
    Level2,

    /// <summary>Signatures of a bounded age, and no active advisory at all.</summary>
    Level3,
}
