namespace Aixv.Protocol.Admission;

/// <summary>What a policy says of an artifact.</summary>
public enum Decision
{
    Allow = 1,
    Deny,

    /// <summary>There are violations, and trusted waivers accept every one of them.</summary>
    AllowWithWaiver,
}
