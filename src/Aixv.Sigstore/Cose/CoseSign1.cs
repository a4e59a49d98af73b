using System.Diagnostics.CodeAnalysis;
using Aixv.Sigstore.Cbor;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Cose;

/// <summary>A COSE_Sign1 message (RFC 9052 §4.2): a payload, or the place of one, with one signature. Reading one verifies nothing.</summary>
public sealed class CoseSign1
{
    /// <summary>The longest message that is read, in bytes.</summary>
    public const int MaximumLength = 16 * 1024 * 1024;

    /// <summary>The CBOR tag of such a message.</summary>
    public const ulong Tag = 18;

    private CoseSign1(
        ReadOnlyMemory<byte> protectedBytes, CoseHeaders headers, CoseHeaders unprotected, ReadOnlyMemory<byte>? payload, ReadOnlyMemory<byte> signature,
        bool isTagged = true)
    {
        IsTagged = isTagged;
        ProtectedBytes = protectedBytes;
        Protected = headers;
        Unprotected = unprotected;
        Payload = payload;
        Signature = signature;
    }

    /// <summary>The protected header as it was read; empty when it has no parameters.</summary>
    public ReadOnlyMemory<byte> ProtectedBytes { get; }

    /// <summary>The parameters that the signature covers.</summary>
    public CoseHeaders Protected { get; }

    /// <summary>The parameters that anybody may have changed.</summary>
    public CoseHeaders Unprotected { get; }

    /// <summary>The payload, or null when it is detached.</summary>
    public ReadOnlyMemory<byte>? Payload { get; }

    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>Whether it came with tag 18; it is always written with it.</summary>
    public bool IsTagged { get; }

    /// <summary>Reads a message, with or without the tag.</summary>
    /// <exception cref="FormatException">Not such a message, too long, or a label in both headers.</exception>
    public static CoseSign1 Parse(ReadOnlyMemory<byte> bytes) => Parse(bytes, "COSE_Sign1");

    /// <param name="error">What was expected, when the result is false.</param>
    public static bool TryParse(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out CoseSign1? message, [NotNullWhen(false)] out string? error)
    {
        try
        {
            (message, error) = (Parse(bytes), null);
            return true;
        }
        catch (FormatException e)
        {
            (message, error) = (null, e.Message);
            return false;
        }
    }

    internal static CoseSign1 Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        if (bytes.Length > MaximumLength)
        {
            throw new FormatException($"{name}: {bytes.Length} bytes, at most {MaximumLength} are read");
        }

        var reader = new CborReader(bytes, name);
        var isTagged = reader.Peek() == CborMajorType.Tag;
        if (isTagged && reader.ReadTag() is not Tag and var tag)
        {
            throw new FormatException($"{name}: tag {tag}, expected {Tag} or none");
        }

        if (reader.ReadArray() is not 4 and var count)
        {
            throw new FormatException($"{name}: an array of {count}, expected headers, payload and signature in 4 items");
        }

        var protectedBytes = reader.ReadBytes();
        var headers = ReadProtected(protectedBytes, name);
        var unprotected = CoseHeaders.Read(reader, $"{name}: unprotected header");
        var payload = reader.TryReadNull() ? default(ReadOnlyMemory<byte>?) : reader.ReadBytes();
        var signature = reader.ReadBytes();
        reader.RequireEnd();
        foreach (var label in headers.Labels)
        {
            if (unprotected.Contains(label))
            {
                throw new FormatException($"{name}: parameter {label} is in both headers");
            }
        }

        // RFC 9052 §3: no parameters are no bytes to the signature, however they came.
        return new CoseSign1(headers.Count == 0 ? default : protectedBytes, headers, unprotected, payload, signature, isTagged);
    }

    private static CoseHeaders ReadProtected(ReadOnlyMemory<byte> bytes, string name)
    {
        if (bytes.IsEmpty)
        {
            return CoseHeaders.Empty;
        }

        var reader = new CborReader(bytes, $"{name}: protected header");
        var headers = CoseHeaders.Read(reader, $"{name}: protected header");
        reader.RequireEnd();
        return headers;
    }

    /// <summary>Signs. The algorithm goes into the protected header, unless it is there.</summary>
    /// <param name="payload">What is signed; kept out of the message when <paramref name="detached"/>.</param>
    /// <exception cref="ArgumentException">The key does not sign by the algorithm, or a label is in both headers.</exception>
    public static CoseSign1 Sign(
        SigningKey key, CoseHeaders @protected, CoseHeaders unprotected, ReadOnlyMemory<byte> payload, bool detached = false,
        ReadOnlyMemory<byte> externalData = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(@protected);
        ArgumentNullException.ThrowIfNull(unprotected);
        var headers = @protected.Contains(CoseLabels.Algorithm)
            ? @protected
            : @protected.With(CoseLabels.Algorithm, (long)CoseAlgorithms.DefaultFor(key.PublicKey));
        var algorithm = CoseAlgorithms.FromNumber(headers.FindInteger(CoseLabels.Algorithm)!.Value);
        var scheme = algorithm.SchemeFor(key.PublicKey.Algorithm);
        if (scheme == SignatureScheme.None)
        {
            throw new ArgumentException($"A key of {key.PublicKey.Algorithm} does not sign by algorithm {headers.FindInteger(CoseLabels.Algorithm)}.", nameof(key));
        }

        RequireDistinct(headers, unprotected);
        var protectedBytes = headers.Encode();
        var signature = FixedSignature.FromKey(key.PublicKey.Algorithm, key.Sign(ToBeSigned(protectedBytes, externalData.Span, payload.Span), scheme));
        return new CoseSign1(protectedBytes, headers, unprotected, detached ? default(ReadOnlyMemory<byte>?) : payload, signature);
    }

    /// <summary>Whether the message is signed by the key.</summary>
    /// <param name="rejection">Why not, when the result is false.</param>
    public bool TryVerify(PublicKey key, [NotNullWhen(false)] out CoseRejection? rejection, CoseContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        rejection = Check(key, context ?? CoseContext.None);
        return rejection is null;
    }

    private CoseRejection? Check(PublicKey key, CoseContext context)
    {
        var (scheme, rejection) = FindScheme(key, context);
        rejection ??= CriticalHeader.Check(Protected, Unprotected, context.Understood);
        if (rejection is not null)
        {
            return rejection;
        }

        if (Payload is not null && context.DetachedPayload is not null)
        {
            return new(CoseRejectionReason.PayloadUnexpected, "the message carries its payload, and another was given");
        }

        if ((Payload ?? context.DetachedPayload) is not { } payload)
        {
            return new(CoseRejectionReason.PayloadMissing, "the payload is detached; give it to verify the message");
        }

        var message = ToBeSigned(ProtectedBytes.Span, context.ExternalData.Span, payload.Span);
        return FixedSignature.ToKey(key.Algorithm, Signature) is { } signature && key.Verify(message, signature.Span, scheme)
            ? null
            : new(CoseRejectionReason.SignatureInvalid, $"the signature does not verify with the {key.Algorithm} key");
    }

    private (SignatureScheme Scheme, CoseRejection? Rejection) FindScheme(PublicKey key, CoseContext context)
    {
        if (!Protected.TryGetEncoded(CoseLabels.Algorithm, out var encoded))
        {
            return context.Algorithm is { } known
                ? Fit(known, key)
                : (default, new(CoseRejectionReason.AlgorithmMissing, "the protected header names no algorithm"));
        }

        // A text is a private algorithm, and never one of ours.
        var algorithm = (CborMajorType)(encoded.Span[0] >> 5) is CborMajorType.UnsignedInteger or CborMajorType.NegativeInteger
            ? CoseAlgorithms.FromNumber(new CborReader(encoded, "alg").ReadInteger())
            : CoseAlgorithm.None;
        if (algorithm == CoseAlgorithm.None)
        {
            return (default, new(CoseRejectionReason.AlgorithmUnsupported, $"algorithm {Convert.ToHexStringLower(encoded.Span[..Math.Min(encoded.Length, 32)])} (CBOR)"));
        }

        return context.Algorithm is { } expected && expected != algorithm
            ? (default, new(CoseRejectionReason.KeyMismatch, $"the message is signed by {algorithm}, expected {expected}"))
            : Fit(algorithm, key);
    }

    private static (SignatureScheme Scheme, CoseRejection? Rejection) Fit(CoseAlgorithm algorithm, PublicKey key) =>
        algorithm.SchemeFor(key.Algorithm) is not SignatureScheme.None and var scheme
            ? (scheme, null)
            : (default, new(CoseRejectionReason.KeyMismatch, $"the message is signed by {algorithm}, and the key is {key.Algorithm}"));

    /// <summary>The encoded Sig_structure (RFC 9052 §4.4).</summary>
    private static byte[] ToBeSigned(ReadOnlySpan<byte> protectedBytes, ReadOnlySpan<byte> externalData, ReadOnlySpan<byte> payload) =>
        new CborWriter().WriteArray(4).WriteText("Signature1").WriteBytes(protectedBytes).WriteBytes(externalData).WriteBytes(payload).ToBytes();

    /// <summary>The same signed message with another unprotected header, which no signature covers.</summary>
    /// <exception cref="ArgumentException">A label is in both headers.</exception>
    public CoseSign1 WithUnprotected(CoseHeaders unprotected)
    {
        ArgumentNullException.ThrowIfNull(unprotected);
        RequireDistinct(Protected, unprotected);
        return new CoseSign1(ProtectedBytes, Protected, unprotected, Payload, Signature);
    }

    private static void RequireDistinct(CoseHeaders headers, CoseHeaders unprotected)
    {
        foreach (var label in headers.Labels)
        {
            if (unprotected.Contains(label))
            {
                throw new ArgumentException($"Parameter {label} is in both headers.", nameof(unprotected));
            }
        }
    }

    /// <summary>What a timestamp of the message covers: the signature with its CBOR head (RFC 9921 §3.1).</summary>
    public byte[] ToTimestampInput() => new CborWriter().WriteBytes(Signature.Span).ToBytes();

    /// <summary>The same signed message with a timestamp token (3161-ctt) beside what its unprotected header has.</summary>
    /// <param name="token">The DER TimeStampToken over <see cref="ToTimestampInput"/>.</param>
    public CoseSign1 WithTimestamp(ReadOnlyMemory<byte> token) => WithUnprotected(Unprotected.With(CoseLabels.CoseThenTimestamp, token.Span));

    /// <summary>The tagged message in deterministic encoding; the protected header keeps its bytes.</summary>
    public byte[] ToBytes()
    {
        var writer = new CborWriter().WriteTag(Tag).WriteArray(4).WriteBytes(ProtectedBytes.Span).WriteEncoded(Unprotected.Encode());
        return (Payload is { } payload ? writer.WriteBytes(payload.Span) : writer.WriteNull()).WriteBytes(Signature.Span).ToBytes();
    }
}
