namespace Aixv.Track.Client.Answers;

/// <summary>The registry's verdict on a receipt.</summary>
/// <param name="Verdict">VALID, REVOKED, INVALID_SIGNATURE, KEY_COMPROMISED, KEY_INACTIVE or NOT_FOUND.</param>
public sealed record ReceiptVerdict(string? ReceiptId, string Verdict, bool Valid, string? Reason);
