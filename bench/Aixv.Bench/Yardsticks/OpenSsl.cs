using System.Runtime.InteropServices;

namespace Aixv.Bench.Yardsticks;

/// <summary>libcrypto itself, with nothing between: what the signatures of a bundle cost at least.</summary>
internal static unsafe partial class OpenSsl
{
    internal const int P256 = 415;
    internal const int P384 = 715;
    private const string Library = "libcrypto.so.3";
    private const int Ed25519 = 1087;

    /// <summary>An EC_KEY of an uncompressed point.</summary>
    internal static nint ImportPoint(int curve, ReadOnlySpan<byte> point)
    {
        var key = EC_KEY_new_by_curve_name(curve);
        fixed (byte* p = point)
        {
            Require(EC_KEY_oct2key(key, p, (nuint)point.Length, 0) == 1);
        }

        return key;
    }

    internal static nint ImportEd25519(ReadOnlySpan<byte> raw)
    {
        fixed (byte* p = raw)
        {
            return EVP_PKEY_new_raw_public_key(Ed25519, 0, p, (nuint)raw.Length);
        }
    }

    internal static void VerifyEcdsa(nint key, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        fixed (byte* d = digest)
        fixed (byte* s = signature)
        {
            Require(ECDSA_verify(0, d, digest.Length, s, signature.Length, key) == 1);
        }
    }

    internal static void VerifyEd25519(nint key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var context = EVP_MD_CTX_new();
        fixed (byte* m = message)
        fixed (byte* s = signature)
        {
            Require(EVP_DigestVerifyInit(context, 0, 0, 0, key) == 1
                && EVP_DigestVerify(context, s, (nuint)signature.Length, m, (nuint)message.Length) == 1);
        }

        EVP_MD_CTX_free(context);
    }

    internal static void FreePoint(nint key) => EC_KEY_free(key);

    private static void Require(bool valid)
    {
        if (!valid)
        {
            throw new InvalidOperationException("libcrypto refused what the bundle set holds.");
        }
    }

    [LibraryImport(Library)]
    private static partial nint EC_KEY_new_by_curve_name(int nid);

    [LibraryImport(Library)]
    private static partial void EC_KEY_free(nint key);

    [LibraryImport(Library)]
    private static partial int EC_KEY_oct2key(nint key, byte* point, nuint length, nint context);

    [LibraryImport(Library)]
    private static partial int ECDSA_verify(int type, byte* digest, int digestLength, byte* signature, int signatureLength, nint key);

    [LibraryImport(Library)]
    private static partial nint EVP_PKEY_new_raw_public_key(int type, nint engine, byte* key, nuint length);

    [LibraryImport(Library)]
    private static partial nint EVP_MD_CTX_new();

    [LibraryImport(Library)]
    private static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerifyInit(nint context, nint keyContext, nint digest, nint engine, nint key);

    [LibraryImport(Library)]
    private static partial int EVP_DigestVerify(nint context, byte* signature, nuint signatureLength, byte* message, nuint messageLength);
}
