using System.Security.Cryptography;

namespace Aixv.Transparency.Keys;

/// <summary>An RSA key of 2048 to 16384 bits, for PKCS#1 v1.5 and PSS (salt as long as the hash).</summary>
internal sealed class RsaPublicKey : PublicKey
{
    private const int MinimumBits = 2048;
    private const int MaximumBits = 16384;
    private readonly RSA rsa;

    internal RsaPublicKey(byte[] pkcs1, byte[] spki) : base(KeyAlgorithm.Rsa, spki)
    {
        rsa = RSA.Create();
        rsa.ImportRSAPublicKey(pkcs1, out var read);
        if (read != pkcs1.Length)
        {
            throw new FormatException("public key: data after the RSAPublicKey");
        }

        if (rsa.KeySize is < MinimumBits or > MaximumBits)
        {
            throw new FormatException($"public key: RSA with {rsa.KeySize} bits, {MinimumBits} to {MaximumBits} are accepted");
        }
    }

    public override int RsaBits => rsa.KeySize;

    public override bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, SignatureScheme scheme) =>
        scheme.RsaPadding() is { } padding && scheme.Hash() is { } hash && rsa.VerifyHash(digest, signature, hash, padding);
}
