using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Aixv.Transparency.Keys;

/// <summary>An RSA key of 2048 to 16384 bits, for PKCS#1 v1.5 and PSS (salt as long as the hash).</summary>
internal sealed class RsaPublicKey : PublicKey
{
    private const int MinimumBits = 2048;
    private const int MaximumBits = 16384;

    /// <summary>SEQUENCE { OID 1.2.840.113549.1.1.1, NULL }.</summary>
    private static readonly byte[] AlgorithmIdentifier = [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];

    // Trusted roots name RSA keys that hardly any signature is by: the platform's object is made on first use.
    private readonly Lazy<RSA> rsa;

    internal RsaPublicKey(byte[] pkcs1, byte[] spki) : base(KeyAlgorithm.Rsa, spki)
    {
        RsaBits = ReadBits(pkcs1);
        rsa = new Lazy<RSA>(() => Import(pkcs1));
    }

    public override int RsaBits { get; }

    /// <summary>The SubjectPublicKeyInfo of a PKCS#1 RSAPublicKey.</summary>
    internal static byte[] EncodeSpki(ReadOnlySpan<byte> pkcs1)
    {
        byte[] bits = [0x03, .. Length(pkcs1.Length + 1), 0x00, .. pkcs1];
        return [0x30, .. Length(AlgorithmIdentifier.Length + bits.Length), .. AlgorithmIdentifier, .. bits];
    }

    private static byte[] Length(int length) => length switch
    {
        < 0x80 => [(byte)length],
        <= 0xff => [0x81, (byte)length],
        _ => [0x82, (byte)(length >> 8), (byte)(length & 0xff)],
    };

    private static int ReadBits(byte[] pkcs1)
    {
        var outer = new AsnReader(pkcs1, AsnEncodingRules.DER);
        var key = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var modulus = key.ReadIntegerBytes().Span;
        var exponent = key.ReadIntegerBytes().Span;
        key.ThrowIfNotEmpty();
        if (modulus[0] >= 0x80 || exponent[0] >= 0x80 || (exponent[^1] & 1) == 0 || exponent is [1])
        {
            throw new FormatException("public key: not an RSA modulus and odd exponent above 1");
        }

        var digits = modulus.TrimStart((byte)0);
        var bits = digits.IsEmpty ? 0 : digits.Length * 8 - byte.LeadingZeroCount(digits[0]);
        return bits is >= MinimumBits and <= MaximumBits
            ? bits
            : throw new FormatException($"public key: RSA with {bits} bits, {MinimumBits} to {MaximumBits} are accepted");
    }

    private static RSA Import(byte[] pkcs1)
    {
        var rsa = RSA.Create();
        rsa.ImportRSAPublicKey(pkcs1, out _);
        return rsa;
    }

    public override bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, SignatureScheme scheme) =>
        scheme.RsaPadding() is { } padding && scheme.Hash() is { } hash && rsa.Value.VerifyHash(digest, signature, hash, padding);
}
