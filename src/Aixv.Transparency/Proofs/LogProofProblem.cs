namespace Aixv.Transparency.Proofs;

/// <summary>Why a proof does not show that an entry is in a log. The names are stable.</summary>
public enum LogProofProblem
{
    /// <summary>The note in the proof is not a checkpoint.</summary>
    CheckpointMalformed = 1,

    /// <summary>The checkpoint is of another log.</summary>
    OriginMismatch,

    /// <summary>The log's key did not sign the checkpoint.</summary>
    NotSigned,

    /// <summary>A signature line of the log's key does not verify.</summary>
    SignatureInvalid,

    /// <summary>The hashes do not lead from the entry to the checkpoint's root.</summary>
    InclusionInvalid,

    /// <summary>Fewer witnesses cosigned the checkpoint than are required.</summary>
    WitnessMissing,
}
