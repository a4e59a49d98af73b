namespace Aixv.Export.Formats;

/// <summary>What a dossier must hold for a format.</summary>
[Flags]
public enum ExportNeeds
{
    None = 0,

    /// <summary>A statement about the artifact, signed or not.</summary>
    Attestation = 1 << 0,

    /// <summary>A verified signature.</summary>
    Bundle = 1 << 1,

    /// <summary>A verified signature over a statement.</summary>
    SignedStatement = 1 << 2,

    /// <summary>A log entry with an inclusion proof and a checkpoint.</summary>
    InclusionProof = 1 << 3,

    /// <summary>A policy's decision.</summary>
    Decision = 1 << 4,

    /// <summary>That a store of advisories was looked at.</summary>
    AdvisoryCheck = 1 << 5,

    /// <summary>At least one advisory about the artifact.</summary>
    Advisory = 1 << 6,

    /// <summary>A COSE receipt.</summary>
    Receipt = 1 << 7,

    /// <summary>What the publisher declares (<c>--meta</c>): the format says which members.</summary>
    Metadata = 1 << 8,

    /// <summary>The artifact's size in bytes, which takes the file itself.</summary>
    Size = 1 << 9,

    /// <summary>The artifact's files.</summary>
    Files = 1 << 10,

    /// <summary>That the document is signed as it is made: it exists only with a signature.</summary>
    Signing = 1 << 11,

    /// <summary>A claim of how the artifact was trained, signed or not.</summary>
    Training = 1 << 12,
}
