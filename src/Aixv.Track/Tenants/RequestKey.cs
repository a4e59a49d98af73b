namespace Aixv.Track.Tenants;

/// <summary>A request's <c>Idempotency-Key</c> and the SHA-256 of the request that came with it.</summary>
internal sealed record RequestKey(string Key, ReadOnlyMemory<byte> Fingerprint);
