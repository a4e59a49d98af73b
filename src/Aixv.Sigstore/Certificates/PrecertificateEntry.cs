using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Aixv.Sigstore.Certificates;

/// <summary>The bytes that an embedded SCT's signature covers (RFC 6962 §3.2, precert_entry).</summary>
/// <remarks>The TBSCertificate keeps every byte but the SCT extension and the lengths around it; nothing is re-encoded.</remarks>
public static class PrecertificateEntry
{
    /// <summary>The signed data for a certificate.</summary>
    /// <param name="tbs">The DER TBSCertificate, with its SCT extension or, of a precertificate to be signed, without.</param>
    /// <param name="issuerSpki">DER SubjectPublicKeyInfo of the verified issuer.</param>
    /// <param name="milliseconds">The SCT's time since 1970.</param>
    /// <param name="extensions">The SCT's extensions, verbatim; at most 65535 bytes.</param>
    public static byte[] SignedData(ReadOnlyMemory<byte> tbs, ReadOnlySpan<byte> issuerSpki, ulong milliseconds, ReadOnlySpan<byte> extensions)
    {
        var bare = WithoutExtension(tbs, SignedCertificateTimestamp.ExtensionOid);
        var data = new byte[2 + 8 + 2 + 32 + 3 + bare.Length + 2 + extensions.Length];
        var span = data.AsSpan();
        BinaryPrimitives.WriteUInt64BigEndian(span[2..], milliseconds);
        span[11] = 1;
        SHA256.HashData(issuerSpki, span[12..]);
        span[44] = (byte)(bare.Length >> 16);
        BinaryPrimitives.WriteUInt16BigEndian(span[45..], (ushort)(bare.Length & 0xffff));
        bare.CopyTo(span[47..]);
        BinaryPrimitives.WriteUInt16BigEndian(span[(47 + bare.Length)..], (ushort)extensions.Length);
        extensions.CopyTo(span[(49 + bare.Length)..]);
        return data;
    }

    /// <summary>A TBSCertificate without one extension; unchanged when it has none of that kind.</summary>
    /// <exception cref="AsnContentException">Not a DER TBSCertificate.</exception>
    public static byte[] WithoutExtension(ReadOnlyMemory<byte> tbs, string oid)
    {
        var fields = new AsnReader(tbs, AsnEncodingRules.DER).ReadSequence();
        var extensionsTag = new Asn1Tag(TagClass.ContextSpecific, 3);
        var kept = new List<ReadOnlyMemory<byte>>();
        while (fields.HasData)
        {
            var isExtensions = fields.PeekTag().HasSameClassAndValue(extensionsTag);
            var field = fields.PeekEncodedValue();
            kept.Add(isExtensions ? FilterExtensions(field, extensionsTag, oid) : field);
            fields.ReadEncodedValue();
        }

        return Wrap(0x30, kept);
    }

    private static byte[] FilterExtensions(ReadOnlyMemory<byte> field, Asn1Tag tag, string oid)
    {
        var list = new AsnReader(field, AsnEncodingRules.DER).ReadSequence(tag).ReadSequence();
        var kept = new List<ReadOnlyMemory<byte>>();
        while (list.HasData)
        {
            var encoded = list.PeekEncodedValue();
            if (list.ReadSequence().ReadObjectIdentifier() != oid)
            {
                kept.Add(encoded);
            }
        }

        return Wrap(0xa3, [Wrap(0x30, kept)]);
    }

    private static byte[] Wrap(byte tag, List<ReadOnlyMemory<byte>> parts)
    {
        var length = parts.Sum(p => p.Length);
        byte[] head = length switch
        {
            < 0x80 => [tag, (byte)length],
            <= 0xff => [tag, 0x81, (byte)length],
            <= 0xffff => [tag, 0x82, (byte)(length >> 8), (byte)(length & 0xff)],
            _ => [tag, 0x83, (byte)(length >> 16), (byte)((length >> 8) & 0xff), (byte)(length & 0xff)],
        };
        var result = new byte[head.Length + length];
        head.CopyTo(result, 0);
        var at = head.Length;
        foreach (var part in parts)
        {
            part.CopyTo(result.AsMemory(at));
            at += part.Length;
        }

        return result;
    }
}
