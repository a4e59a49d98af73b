namespace Aixv.Protocol.Receipts;

/// <summary>Why a receipt was not accepted. The names are stable: in JSON they are written in kebab-case.</summary>
public enum ReceiptRejectionReason
{
    /// <summary>Not a receipt.</summary>
    Malformed = 1,

    /// <summary>The statement is not one JSON object with kind and time.</summary>
    StatementMalformed,

    /// <summary>The leaf is of another statement, salt or kind.</summary>
    LeafMismatch,

    /// <summary>No trusted key signed the checkpoint.</summary>
    LogUnknown,

    /// <summary>A signature of a trusted key on the checkpoint does not verify.</summary>
    CheckpointSignatureInvalid,

    /// <summary>The hashes do not lead from the leaf to the checkpoint's root.</summary>
    InclusionProofInvalid,

    /// <summary>Fewer witnesses cosigned the checkpoint than are asked for.</summary>
    WitnessMissing,

    /// <summary>The log's key was not valid when the entry was made.</summary>
    LogKeyInactive,

    /// <summary>Nobody but the log saw the entry before its key was compromised.</summary>
    LogKeyCompromised,

    /// <summary>The time is after now, or after witnesses saw the entry.</summary>
    TimeInvalid,
}
