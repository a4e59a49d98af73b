using System.Security.Cryptography;

namespace Aixv.Transparency.Keys;

/// <summary>An ECDSA key on a NIST curve. Signatures are strict DER.</summary>
internal sealed class EcdsaPublicKey : PublicKey
{
    // Importing a key through ECDsa costs more than a verification: OpenSSL repeats a full key check that a cofactor-1 curve
    // does not need. Where libcrypto is at hand the point is set directly.
    private readonly EcKeyHandle? native;
    private readonly ECDsa? managed;

    internal EcdsaPublicKey(EcdsaCurve curve, byte[] point, byte[] spki) : base(curve.Algorithm, spki)
    {
        if (point.Length != 1 + 2 * curve.FieldBytes || point[0] != 4)
        {
            throw new FormatException($"public key: not an uncompressed point of {curve.Algorithm}");
        }

        if (LibCrypto.IsAvailable)
        {
            native = EcKeyHandle.FromPoint(curve.OpenSslNid, point)
                ?? throw new FormatException($"public key: the point is not on {curve.Algorithm}");
        }
        else
        {
            managed = ECDsa.Create();
            managed.ImportSubjectPublicKeyInfo(spki, out _);
        }
    }

    public override bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, SignatureScheme scheme)
    {
        if (!scheme.IsEcdsa() || signature.IsEmpty)
        {
            return false;
        }

        if (native is null)
        {
            return managed!.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence);
        }

        var result = LibCrypto.EcdsaVerify(0, digest, digest.Length, signature, signature.Length, native);
        if (result != 1)
        {
            LibCrypto.ErrClearError();
        }

        return result == 1;
    }
}
