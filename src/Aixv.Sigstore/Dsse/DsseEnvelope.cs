using System.Collections.Immutable;

namespace Aixv.Sigstore.Dsse;

/// <summary>A DSSE envelope: a typed payload with signatures over its <see cref="PreAuthEncoding"/>.</summary>
public sealed record DsseEnvelope(string PayloadType, ReadOnlyMemory<byte> Payload, ImmutableArray<DsseSignature> Signatures)
{
    /// <summary>The payload type of in-toto statements.</summary>
    public const string InTotoPayloadType = "application/vnd.in-toto+json";

    /// <summary>The bytes that every signature covers.</summary>
    public byte[] ToPreAuthEncoding() => PreAuthEncoding.Encode(PayloadType, Payload.Span);
}

/// <summary>One signature of an envelope; the key id is an unauthenticated hint.</summary>
public sealed record DsseSignature(ReadOnlyMemory<byte> Signature, string KeyId = "");
