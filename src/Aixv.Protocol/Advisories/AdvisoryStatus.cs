namespace Aixv.Protocol.Advisories;

/// <summary>Where an advisory stands. A new status is a new record.</summary>
public enum AdvisoryStatus
{
    /// <summary>It holds.</summary>
    Active = 1,

    /// <summary>It holds, and something was done about it. Policies do not count it as active.</summary>
    Mitigated,

    /// <summary>It never held, or no longer does.</summary>
    Withdrawn,
}
