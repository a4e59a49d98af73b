using System.Buffers.Binary;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Issuance;

/// <summary>Encodes SCTs and log leaves of precertificates (RFC 6962 §3.2 and §3.4) with the Static-CT leaf_index extension.</summary>
internal static class SignedCertificateTimestamp
{
    private const byte VersionV1 = 0;
    private const byte CertificateTimestamp = 0;
    private const byte TimestampedEntry = 0;
    private const ushort PrecertEntry = 1;
    private const byte Sha256 = 4;
    private const byte Ecdsa = 3;
    private const int HeaderLength = 2 + 8 + 2 + 32 + 3;

    /// <summary>CtExtensions with the leaf's index: type 0, length 5, 40 bits.</summary>
    public static byte[] LeafIndexExtension(long index)
    {
        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(wide, index);
        return [0, 0, 5, .. wide[3..]];
    }

    /// <summary>The MerkleTreeLeaf of a precertificate; its RFC 6962 leaf hash is the log's.</summary>
    public static byte[] EncodeLeaf(long timestamp, ReadOnlySpan<byte> issuerKeyHash, ReadOnlySpan<byte> toBeSigned, ReadOnlySpan<byte> extensions) =>
        Encode(TimestampedEntry, timestamp, issuerKeyHash, toBeSigned, extensions);

    /// <summary>The whole SCT, signed by <paramref name="key"/> (P-256).</summary>
    public static byte[] Create(
        SigningKey key, ReadOnlySpan<byte> logId, long timestamp, ReadOnlySpan<byte> issuerKeyHash, ReadOnlySpan<byte> toBeSigned, ReadOnlySpan<byte> extensions)
    {
        var signature = key.Sign(Encode(CertificateTimestamp, timestamp, issuerKeyHash, toBeSigned, extensions), SignatureScheme.EcdsaSha256);
        var sct = new byte[1 + 32 + 8 + 2 + extensions.Length + 4 + signature.Length];
        sct[0] = VersionV1;
        logId.CopyTo(sct.AsSpan(1));
        BinaryPrimitives.WriteInt64BigEndian(sct.AsSpan(33), timestamp);
        BinaryPrimitives.WriteUInt16BigEndian(sct.AsSpan(41), checked((ushort)extensions.Length));
        extensions.CopyTo(sct.AsSpan(43));
        var rest = sct.AsSpan(43 + extensions.Length);
        rest[0] = Sha256;
        rest[1] = Ecdsa;
        BinaryPrimitives.WriteUInt16BigEndian(rest[2..], checked((ushort)signature.Length));
        signature.CopyTo(rest[4..]);
        return sct;
    }

    /// <summary>Leaf and signed data have one layout: version, a type, timestamp, entry type, entry, extensions.</summary>
    private static byte[] Encode(
        byte type, long timestamp, ReadOnlySpan<byte> issuerKeyHash, ReadOnlySpan<byte> toBeSigned, ReadOnlySpan<byte> extensions)
    {
        var data = new byte[HeaderLength + toBeSigned.Length + 2 + extensions.Length];
        data[0] = VersionV1;
        data[1] = type;
        BinaryPrimitives.WriteInt64BigEndian(data.AsSpan(2), timestamp);
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(10), PrecertEntry);
        issuerKeyHash.CopyTo(data.AsSpan(12));
        data[44] = (byte)(toBeSigned.Length >> 16);
        data[45] = (byte)((toBeSigned.Length >> 8) & 0xff);
        data[46] = (byte)(toBeSigned.Length & 0xff);
        toBeSigned.CopyTo(data.AsSpan(HeaderLength));
        var rest = data.AsSpan(HeaderLength + toBeSigned.Length);
        BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)extensions.Length));
        extensions.CopyTo(rest[2..]);
        return data;
    }
}
