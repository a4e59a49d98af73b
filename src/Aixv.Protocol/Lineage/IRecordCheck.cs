using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>Checks the signatures of records while they are indexed. Called from several threads at once.</summary>
public interface IRecordCheck
{
    /// <summary>Names what is trusted, in file names: results under another name are not reused.</summary>
    string Fingerprint { get; }

    /// <param name="bundle">The bundle, as JSON.</param>
    /// <param name="artifact">The subject of a statement, or the digests of a record's file.</param>
    RecordCheckResult Check(ReadOnlyMemory<byte> bundle, ArtifactDigests artifact);
}

/// <summary>Who signed what, or why not.</summary>
/// <param name="Signer">Null when refused.</param>
/// <param name="LogEntry">Where it is logged.</param>
/// <param name="Statement">The signed statement, or null when the bytes themselves were signed.</param>
/// <param name="Problem">Why it is refused.</param>
public sealed record RecordCheckResult(LineageSigner? Signer, LineageLogEntry? LogEntry, ReadOnlyMemory<byte>? Statement, string? Problem);
