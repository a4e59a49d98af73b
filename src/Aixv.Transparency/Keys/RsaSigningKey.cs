using System.Security.Cryptography;

namespace Aixv.Transparency.Keys;

/// <summary>An RSA private key.</summary>
internal sealed class RsaSigningKey(RSA rsa) : SigningKey(PublicKey.FromSpki(rsa.ExportSubjectPublicKeyInfo()))
{
    public override byte[] SignDigest(ReadOnlySpan<byte> digest, SignatureScheme scheme) =>
        scheme.RsaPadding() is { } padding && scheme.Hash() is { } hash ? rsa.SignHash(digest, hash, padding) : throw Unfit(scheme);

    public override byte[] ToPkcs8() => rsa.ExportPkcs8PrivateKey();

    private protected override void Dispose(bool disposing) => rsa.Dispose();
}
