namespace Aixv.Protocol.Lineage;

/// <summary>How much stands behind a node or an edge (protocol §1); a higher tier includes the lower ones.</summary>
public enum EvidenceTier : byte
{
    /// <summary>A name or a URI.</summary>
    Described,

    /// <summary>A digest.</summary>
    Identified,

    /// <summary>A verified signature with a log entry.</summary>
    Attested,
}
