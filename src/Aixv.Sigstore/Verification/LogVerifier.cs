using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Rekor;
using Aixv.Sigstore.Trust;

namespace Aixv.Sigstore.Verification;

/// <summary>Checks the log entries of a bundle: who logged it, when, and that the log's tree holds it.</summary>
internal static class LogVerifier
{
    /// <summary>An entry of a trusted log.</summary>
    /// <param name="Body">The leaf: the entry's own, or rebuilt from the bundle where the entry leaves it out.</param>
    /// <param name="Time">The log's own time, when a promise vouches for it.</param>
    internal sealed record LoggedEntry(LogEntry Entry, ReadOnlyMemory<byte> Body, TrustedLog Log, string? Origin, int Witnesses, VerifiedTime? Time);

    /// <summary>The entry verified, or null when the trusted root does not name its log: such an entry does not count.</summary>
    internal static LoggedEntry? Verify(LogEntry entry, SignedMaterial material, TrustedRoot root)
    {
        if (root.TransparencyLogs.FirstOrDefault(l => l.HasId(entry.LogId.Span)) is not { } log)
        {
            return null;
        }

        EntryBody.RequireSupportedKind(entry);
        var body = entry.CanonicalizedBody.IsEmpty ? EntryRebuilder.Rebuild(entry, material) : entry.CanonicalizedBody;
        var complete = entry with { CanonicalizedBody = body };
        if (entry.InclusionPromise is not null && !InclusionPromise.Verify(complete, log))
        {
            throw new Refusal(RejectionReason.InclusionPromiseInvalid, VerificationStep.Log, $"a signed entry timestamp by {log.BaseUrl}", "one that does not verify");
        }

        var time = PromisedTime(complete, log);
        if (time is not null && !log.Validity.Contains(time.Time))
        {
            throw Expired(log, Rfc3339.Format(time.Time));
        }

        RequireOneIndex(entry);
        var (origin, witnesses) = entry.Inclusion is null ? (null, 0) : InclusionVerifier.Verify(complete, body.Span, log, root);
        if (origin is null && root.WitnessThreshold > 0)
        {
            throw new Refusal(RejectionReason.WitnessMissing, VerificationStep.Log, $"a checkpoint cosigned by {root.WitnessThreshold} witnesses", "no checkpoint");
        }

        return new LoggedEntry(complete, body, log, origin, witnesses, time);
    }

    /// <summary>For entries without a time of their own: the log's key must have been valid at some verified time, or be valid still.</summary>
    internal static void RequireKeyValidity(LoggedEntry logged, IReadOnlyList<VerifiedTime> times)
    {
        if (logged.Time is not null)
        {
            return;
        }

        var valid = times.Count == 0 ? logged.Log.Validity.End is null : times.Any(t => logged.Log.Validity.Contains(t.Time));
        if (!valid)
        {
            throw Expired(logged.Log, times.Count == 0 ? "an entry without any verified time" : string.Join(", ", times.Select(t => Rfc3339.Format(t.Time))));
        }
    }

    private static VerifiedTime? PromisedTime(LogEntry entry, TrustedLog log) =>
        entry.InclusionPromise is not null && entry.IntegratedTime > 0 && EntryBody.HasIntegratedTime(entry)
            ? new VerifiedTime(TimeSource.TransparencyLog, FromUnix(entry.IntegratedTime), log.BaseUrl, log.Operator)
            : null;

    private static DateTimeOffset FromUnix(long seconds) => seconds <= 253402300799
        ? DateTimeOffset.FromUnixTimeSeconds(seconds)
        : throw new Refusal(RejectionReason.EntryMalformed, VerificationStep.Log, "an integrated time before the year 10000", $"{seconds}");

    /// <summary>Rekor v1 counts over all its shards, so its index differs from the proof's; without a promise there is but one index.</summary>
    private static void RequireOneIndex(LogEntry entry)
    {
        var isSharded = EntryBody.HasIntegratedTime(entry);
        if (!isSharded && entry.Inclusion is { } inclusion && inclusion.LogIndex != entry.LogIndex)
        {
            throw new Refusal(
                RejectionReason.InclusionProofInvalid, VerificationStep.Log, $"a proof for entry {entry.LogIndex}", $"one for entry {inclusion.LogIndex}");
        }
    }

    private static Refusal Expired(TrustedLog log, string found) =>
        new(RejectionReason.LogKeyExpired, VerificationStep.Log, $"a time within {log.Validity} ({log.BaseUrl})", found);
}
