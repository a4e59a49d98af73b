namespace Aixv.Transparency.Keys;

/// <summary>An Ed25519 key (RFC 8032), checked by libcrypto.</summary>
internal sealed class Ed25519PublicKey : PublicKey
{
    internal const int RawLength = 32;
    private const int SignatureLength = 64;

    /// <summary>SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING (RFC 8410 §4) }, up to the 32 key bytes.</summary>
    private static ReadOnlySpan<byte> SpkiPrefix => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    private readonly EvpKeyHandle key;

    internal Ed25519PublicKey(byte[] raw, byte[] spki) : base(KeyAlgorithm.Ed25519, spki)
    {
        if (raw.Length != RawLength)
        {
            throw new FormatException($"public key: Ed25519 keys have {RawLength} bytes, found {raw.Length}");
        }

        key = EvpKeyHandle.Ed25519Public(raw);
    }

    internal static byte[] EncodeSpki(ReadOnlySpan<byte> raw) => [.. SpkiPrefix, .. raw];

    public override bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, SignatureScheme scheme) => false;

    private protected override bool VerifyMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, SignatureScheme scheme)
    {
        if (scheme != SignatureScheme.Ed25519 || signature.Length != SignatureLength)
        {
            return false;
        }

        var context = LibCrypto.EvpMdCtxNew();
        try
        {
            var valid = LibCrypto.EvpDigestVerifyInit(context, 0, 0, 0, key) == 1
                && LibCrypto.EvpDigestVerify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
            if (!valid)
            {
                LibCrypto.ErrClearError();
            }

            return valid;
        }
        finally
        {
            LibCrypto.EvpMdCtxFree(context);
        }
    }
}
