using System.Formats.Asn1;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Cose;

/// <summary>COSE and JOSE have ECDSA signatures as r and s side by side, each as long as the curve's field (RFC 9053 §2.1, RFC 7518 §3.4); keys here have them as DER.</summary>
public static class FixedSignature
{
    /// <summary>The length of r, or 0 for a key whose signatures are the same everywhere.</summary>
    private static int HalfLength(KeyAlgorithm key) => key switch
    {
        KeyAlgorithm.EcdsaP256 => 32,
        KeyAlgorithm.EcdsaP384 => 48,
        KeyAlgorithm.EcdsaP521 => 66,
        KeyAlgorithm.Rsa or KeyAlgorithm.Ed25519 => 0,
    };

    /// <summary>A key's signature as COSE and JOSE have it.</summary>
    public static byte[] FromKey(KeyAlgorithm key, byte[] signature)
    {
        var half = HalfLength(key);
        if (half == 0)
        {
            return signature;
        }

        var pair = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
        var joined = new byte[2 * half];
        foreach (var end in (int[])[half, 2 * half])
        {
            var number = pair.ReadIntegerBytes().Span.TrimStart((byte)0);
            number.CopyTo(joined.AsSpan(end - number.Length));
        }

        return joined;
    }

    /// <summary>Such a signature as the key checks it, or null when its length is wrong.</summary>
    public static ReadOnlyMemory<byte>? ToKey(KeyAlgorithm key, ReadOnlyMemory<byte> signature)
    {
        var half = HalfLength(key);
        if (half == 0)
        {
            return signature;
        }

        if (signature.Length != 2 * half)
        {
            return null;
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(Trimmed(signature.Span[..half]));
            writer.WriteIntegerUnsigned(Trimmed(signature.Span[half..]));
        }

        return writer.Encode();
    }

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> number) =>
        number.TrimStart((byte)0) is { IsEmpty: false } digits ? digits : [0];
}
