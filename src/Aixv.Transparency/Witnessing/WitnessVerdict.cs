namespace Aixv.Transparency.Witnessing;

/// <summary>What a witness makes of a request; the numbers are the HTTP status codes of C2SP tlog-witness.</summary>
public enum WitnessVerdict
{
    /// <summary>The checkpoint extends the last one and is cosigned.</summary>
    Cosigned = 200,

    /// <summary>Not such a request, or the old size is above the checkpoint's.</summary>
    Malformed = 400,

    /// <summary>No signature of the log's known keys verifies.</summary>
    NotSigned = 403,

    /// <summary>The origin is of no known log.</summary>
    UnknownLog = 404,

    /// <summary>The old size is not that of the last cosigned checkpoint, or the same size has another root.</summary>
    Conflict = 409,

    /// <summary>The consistency proof does not verify.</summary>
    Inconsistent = 422,
}
