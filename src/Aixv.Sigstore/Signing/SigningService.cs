namespace Aixv.Sigstore.Signing;

/// <summary>One service of a signing config (<c>Service</c> of sigstore_trustroot.proto).</summary>
/// <param name="Url">The base URL; for a timestamp authority the full URL. <see cref="Uri.OriginalString"/> is kept as written.</param>
/// <param name="MajorApiVersion">Such as 1 for Rekor v1. Fulcio's v2 HTTP API is listed as 1.</param>
/// <param name="Start">When the service may first be used. Without it the service is never used.</param>
/// <param name="End">When it may last be used, or null.</param>
/// <param name="Operator">Who runs it.</param>
public sealed record SigningService(Uri Url, long MajorApiVersion, DateTimeOffset? Start, DateTimeOffset? End, string Operator)
{
    /// <summary>Whether the service may be used at <paramref name="time"/>; both ends are inclusive.</summary>
    public bool IsValidAt(DateTimeOffset time) => Start <= time && !(End < time);
}
