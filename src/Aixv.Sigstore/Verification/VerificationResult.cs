using System.Collections.Immutable;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Sigstore.Verification;

/// <summary>The outcome of a verification: <see cref="Verified"/> or <see cref="Rejected"/>.</summary>
public abstract record VerificationResult
{
    private protected VerificationResult()
    {
    }

    /// <summary>What was checked, in order; in a rejection the last one failed.</summary>
    public required ImmutableArray<Check> Checks { get; init; }
}

/// <summary>The artifact was signed by whom the policy asks for, at a time that others witnessed.</summary>
public sealed record Verified : VerificationResult
{
    public required ArtifactDigests Artifact { get; init; }

    public required Signer Signer { get; init; }

    /// <summary>Earliest first.</summary>
    public required ImmutableArray<VerifiedTime> Times { get; init; }

    public required ImmutableArray<VerifiedLogEntry> LogEntries { get; init; }

    /// <summary>The signed in-toto statement's bytes, or null when the artifact itself was signed.</summary>
    public required ReadOnlyMemory<byte>? Statement { get; init; }

    /// <summary>The statement's predicate type, or null when the artifact itself was signed.</summary>
    public required string? PredicateType { get; init; }
}

/// <summary>Something does not hold.</summary>
public sealed record Rejected(RejectionReason Reason, VerificationStep Step, string Expected, string Found) : VerificationResult;

/// <summary>One thing that was checked.</summary>
public sealed record Check(VerificationStep Step, bool Passed, string Detail);

/// <summary>A log entry whose inclusion holds and which is about this signature.</summary>
/// <param name="Origin">The log's name on its checkpoint, or its address where the bundle has no checkpoint.</param>
/// <param name="LogIndex">As the log counts.</param>
/// <param name="IntegratedTime">The log's own time, or null where it gives none that is signed.</param>
/// <param name="Kind">Such as <c>hashedrekord 0.0.2</c>.</param>
/// <param name="Witnesses">Verified cosignatures on the checkpoint.</param>
/// <param name="Operator">Who runs the log.</param>
public sealed record VerifiedLogEntry(string Origin, long LogIndex, DateTimeOffset? IntegratedTime, string Kind, int Witnesses, string Operator);
