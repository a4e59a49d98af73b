using System.Collections.Immutable;
using Aixv.Transparency.Keys;

namespace Aixv.Export.Formats;

/// <summary>A key to sign documents with.</summary>
/// <param name="Key">Stays the caller's to dispose.</param>
/// <param name="Scheme">How it signs.</param>
/// <param name="Certificates">DER, leaf first; empty for a managed key.</param>
public sealed record DocumentSigner(SigningKey Key, SignatureScheme Scheme, ImmutableArray<ReadOnlyMemory<byte>> Certificates)
{
    /// <summary>Gives the DER TimeStampToken (RFC 3161 §2.4.2) over some bytes, for formats with a place for one; null where there is no authority to ask.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Timestamp { get; init; }

    /// <summary>Signs the bytes themselves. ECDSA signatures are DER.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => Key.Sign(message, Scheme);
}
