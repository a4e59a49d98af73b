namespace Aixv.Protocol.Lineage;

/// <summary>What is known of a record's signature.</summary>
public enum SourceStatus : byte
{
    /// <summary>No bundle lies beside it.</summary>
    WithoutBundle,

    /// <summary>A bundle lies beside it that nobody checked.</summary>
    Unchecked,

    /// <summary>Its bundle verifies, and what it signs is what the record says.</summary>
    Verified,

    /// <summary>Its bundle does not verify, or signs something else.</summary>
    Refused,

    /// <summary>It could not be read; it has no edges.</summary>
    Unreadable,
}
