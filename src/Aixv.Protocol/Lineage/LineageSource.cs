namespace Aixv.Protocol.Lineage;

/// <summary>A record that edges come from.</summary>
/// <param name="Path">The record's file, relative to the store, with forward slashes.</param>
/// <param name="Status">Its signature.</param>
/// <param name="PredicateType">The URI of an attestation's predicate, or the kind of another record.</param>
/// <param name="Signer">Who signed, when verified.</param>
/// <param name="LogEntry">Where it is logged, when verified.</param>
/// <param name="Problem">Why it is refused or unreadable.</param>
public sealed record LineageSource(
    string Path, SourceStatus Status, string PredicateType, LineageSigner? Signer = null, LineageLogEntry? LogEntry = null, string? Problem = null);

/// <summary>Who signed a record.</summary>
/// <param name="Subject">The certificate's identity, or <c>key:sha256:</c> and the fingerprint of a managed key.</param>
/// <param name="Issuer">Who vouched for it; null for a key or where the certificate does not say.</param>
public sealed record LineageSigner(string Subject, string? Issuer);

/// <summary>Where a signature is logged.</summary>
/// <param name="Origin">The log's name.</param>
/// <param name="Index">As the log counts.</param>
/// <param name="IntegratedTime">The earliest verified time of the signature; null where none is verified.</param>
public sealed record LineageLogEntry(string Origin, long Index, DateTimeOffset? IntegratedTime);
