using System.Security.Cryptography;

namespace Aixv.Transparency.Keys;

/// <summary>An ECDSA private key on a NIST curve.</summary>
internal sealed class EcdsaSigningKey(ECDsa ecdsa) : SigningKey(PublicKey.FromSpki(ecdsa.ExportSubjectPublicKeyInfo()))
{
    public override byte[] SignDigest(ReadOnlySpan<byte> digest, SignatureScheme scheme) =>
        scheme.IsEcdsa() ? ecdsa.SignHash(digest, DSASignatureFormat.Rfc3279DerSequence) : throw Unfit(scheme);

    public override byte[] ToPkcs8() => ecdsa.ExportPkcs8PrivateKey();

    private protected override void Dispose(bool disposing) => ecdsa.Dispose();
}
