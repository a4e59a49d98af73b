using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Aixv.Sigstore.Timestamps;

/// <summary>A request for a timestamp over some bytes' SHA-256 digest (RFC 3161 §2.4.1).</summary>
internal sealed class TimestampRequest
{
    internal const string Sha256Oid = "2.16.840.1.101.3.4.2.1";

    private TimestampRequest(byte[] digest, BigInteger nonce)
    {
        Digest = digest;
        Nonce = nonce;
    }

    /// <summary>SHA-256, 32 bytes.</summary>
    internal byte[] Digest { get; }

    /// <summary>A random number from 1 to 2^63, which every ASN.1 library reads, that the answer repeats.</summary>
    internal BigInteger Nonce { get; }

    /// <summary>A request over <paramref name="message"/> with a fresh nonce.</summary>
    internal static TimestampRequest Over(ReadOnlySpan<byte> message) =>
        new(SHA256.HashData(message), (new BigInteger(RandomNumberGenerator.GetBytes(8), isUnsigned: true) >> 1) + BigInteger.One);

    /// <summary>The DER TimeStampReq.</summary>
    /// <param name="certificates">Whether the token should carry the authority's certificates.</param>
    internal byte[] ToDer(bool certificates = true)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Sha256Oid);
                    writer.WriteNull();
                }

                writer.WriteOctetString(Digest);
            }

            writer.WriteInteger(Nonce);
            if (certificates)
            {
                writer.WriteBoolean(true);
            }
        }

        return writer.Encode();
    }
}
