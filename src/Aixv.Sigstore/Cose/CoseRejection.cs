namespace Aixv.Sigstore.Cose;

/// <summary>Why a COSE message, statement or receipt was not accepted. The names are stable.</summary>
public enum CoseRejectionReason
{
    /// <summary>Not CBOR, or not of the form that it should have.</summary>
    Malformed = 1,

    /// <summary>No algorithm in the protected header, and none known otherwise.</summary>
    AlgorithmMissing,

    /// <summary>An algorithm that is not supported.</summary>
    AlgorithmUnsupported,

    /// <summary>The key cannot sign by the message's algorithm, or is not the one that the message names.</summary>
    KeyMismatch,

    /// <summary>The header says that something must be understood that is not.</summary>
    CriticalUnknown,

    /// <summary>The payload is detached and was not given, or is not.</summary>
    PayloadMissing,

    /// <summary>A payload was given and the message has its own.</summary>
    PayloadUnexpected,

    SignatureInvalid,

    /// <summary>A receipt without a proof of the wanted kind.</summary>
    ProofMissing,

    /// <summary>A proof that has the wrong number of hashes, or does not lead to the roots it should.</summary>
    ProofInvalid,

    /// <summary>A receipt on another data structure than RFC 9162 with SHA-256.</summary>
    StructureUnsupported,
}

/// <summary>A refusal.</summary>
/// <param name="Detail">What was expected and what was found, for people.</param>
public sealed record CoseRejection(CoseRejectionReason Reason, string Detail);
