namespace Aixv.Track.Client.Answers;

/// <summary>An indexed Sigstore bundle.</summary>
public sealed record AttestationRecord(
    string Id, string Status, string? PredicateType, string ArtifactDigest, string BundleDigest, Signer Signer, string ReceiptId, DateTimeOffset CreatedAt, LogPlace? Log);
