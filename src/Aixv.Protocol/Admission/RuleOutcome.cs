namespace Aixv.Protocol.Admission;

/// <summary>How a rule turned out.</summary>
public enum RuleOutcome
{
    Passed = 1,

    /// <summary>It stands against admission.</summary>
    Failed,

    /// <summary>It stands against admission, and a waiver accepts that.</summary>
    Waived,

    /// <summary>The policy does not ask.</summary>
    NotAsked,

    /// <summary>Something that was found and does not count, and why.</summary>
    Ignored,
}
