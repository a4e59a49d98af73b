using System.Security.Cryptography;

namespace Aixv.Transparency.Keys;

/// <summary>An Ed25519 private key (RFC 8032), by libcrypto.</summary>
internal sealed class Ed25519SigningKey : SigningKey
{
    private const int SignatureLength = 64;

    /// <summary>PrivateKeyInfo of RFC 8410 §7, up to the 32 seed bytes.</summary>
    private static ReadOnlySpan<byte> Pkcs8Prefix =>
        [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

    private readonly byte[] seed;
    private readonly EvpKeyHandle key;

    internal Ed25519SigningKey(byte[] seed) : this(seed, EvpKeyHandle.Ed25519Private(Checked(seed)))
    {
    }

    private Ed25519SigningKey(byte[] seed, EvpKeyHandle key) : base(PublicKey.FromEd25519(RawPublicKey(key)))
    {
        this.seed = seed;
        this.key = key;
    }

    private static byte[] Checked(byte[] seed) => seed.Length == Ed25519PublicKey.RawLength
        ? seed
        : throw new FormatException($"private key: Ed25519 seeds have {Ed25519PublicKey.RawLength} bytes, found {seed.Length}");

    private static byte[] RawPublicKey(EvpKeyHandle key)
    {
        var raw = new byte[Ed25519PublicKey.RawLength];
        var length = (nuint)raw.Length;
        return LibCrypto.EvpPkeyGetRawPublicKey(key, raw, ref length) == 1 ? raw : throw new CryptographicException("libcrypto: no Ed25519 public key");
    }

    public override byte[] SignDigest(ReadOnlySpan<byte> digest, SignatureScheme scheme) => throw Unfit(scheme);

    private protected override byte[] SignMessage(ReadOnlySpan<byte> message, SignatureScheme scheme)
    {
        if (scheme != SignatureScheme.Ed25519)
        {
            throw Unfit(scheme);
        }

        var signature = new byte[SignatureLength];
        var length = (nuint)signature.Length;
        var context = LibCrypto.EvpMdCtxNew();
        try
        {
            return LibCrypto.EvpDigestSignInit(context, 0, 0, 0, key) == 1
                && LibCrypto.EvpDigestSign(context, signature, ref length, message, (nuint)message.Length) == 1
                ? signature
                : throw new CryptographicException("libcrypto: Ed25519 signing failed");
        }
        finally
        {
            LibCrypto.EvpMdCtxFree(context);
        }
    }

    public override byte[] ToPkcs8() => [.. Pkcs8Prefix, .. seed];

    private protected override void Dispose(bool disposing)
    {
        CryptographicOperations.ZeroMemory(seed);
        key.Dispose();
    }
}
