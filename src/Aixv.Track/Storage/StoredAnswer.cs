namespace Aixv.Track.Storage;

/// <summary>What was answered to a request, to be answered again.</summary>
/// <param name="Fingerprint">The SHA-256 of the request.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The body's media type.</param>
/// <param name="Body">The body.</param>
/// <param name="Expires">When it may be forgotten.</param>
internal sealed record StoredAnswer(ReadOnlyMemory<byte> Fingerprint, int Status, string ContentType, ReadOnlyMemory<byte> Body, DateTimeOffset Expires);
