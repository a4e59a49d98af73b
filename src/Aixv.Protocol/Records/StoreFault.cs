namespace Aixv.Protocol.Records;

/// <summary>What is wrong with a file of a store. The names are stable: in JSON they are written in kebab-case.</summary>
public enum StoreFault
{
    /// <summary>Not what its place says: not JSON, or not of the schema.</summary>
    Damaged = 1,

    /// <summary>It ends in the middle.</summary>
    Truncated,

    /// <summary>It cannot be opened.</summary>
    Unreadable,

    /// <summary>There is no bundle.</summary>
    NotSigned,

    /// <summary>The record names a bundle that is not there.</summary>
    BundleMissing,

    /// <summary>The bundle is not one.</summary>
    BundleDamaged,

    /// <summary>The bundle signs other bytes: it was swapped, or the record was changed.</summary>
    BundleOfAnother,

    /// <summary>A bundle without its record.</summary>
    RecordMissing,

    /// <summary>The file's name, its folder and what it says do not agree, or two files of one id do not.</summary>
    Contradictory,

    /// <summary>A piece of a write that did not end, or a file that nobody knows.</summary>
    Unexpected,
}
