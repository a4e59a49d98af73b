using System.Formats.Asn1;
using System.Security.Cryptography;
using Aixv.Sigstore.Certificates;

namespace Aixv.Sigstore.Timestamps;

/// <summary>Reads TimeStampResp, the CMS SignedData in it and the TSTInfo in that; all strictly DER.</summary>
internal static class TimestampReader
{
    internal const string TstInfo = "1.2.840.113549.1.9.16.1.4";
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string ContentType = "1.2.840.113549.1.9.3";
    private const string MessageDigest = "1.2.840.113549.1.9.4";
    private const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1);

    internal static TimestampToken Read(ReadOnlyMemory<byte> response)
    {
        try
        {
            return ReadResponse(response);
        }
        catch (Exception e) when (e is AsnContentException or OverflowException)
        {
            throw new FormatException($"timestamp: not a valid RFC 3161 answer ({e.Message})", e);
        }
    }

    private static TimestampToken ReadResponse(ReadOnlyMemory<byte> response)
    {
        var outer = new AsnReader(response, AsnEncodingRules.DER);
        var body = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var status = body.ReadSequence();
        if (!status.TryReadInt32(out var code) || code is not (0 or 1))
        {
            throw new FormatException($"timestamp: the authority did not grant it (PKIStatus {code})");
        }

        var contentInfo = body.ReadSequence();
        body.ThrowIfNotEmpty();
        Require(contentInfo.ReadObjectIdentifier() == SignedData, "CMS signed data");
        var wrapper = contentInfo.ReadSequence(Context0);
        contentInfo.ThrowIfNotEmpty();
        var signedData = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        return ReadSignedData(signedData);
    }

    private static TimestampToken ReadSignedData(AsnReader reader)
    {
        Require(reader.TryReadInt32(out var version) && version == 3, "CMS version 3");
        var digests = ReadDigests(reader.ReadSetOf(skipSortOrderValidation: true));
        var encapsulated = reader.ReadSequence();
        Require(encapsulated.ReadObjectIdentifier() == TstInfo, "a TSTInfo in the CMS signed data");
        var wrapper = encapsulated.ReadSequence(Context0);
        encapsulated.ThrowIfNotEmpty();
        var content = wrapper.ReadOctetString();
        wrapper.ThrowIfNotEmpty();
        var certificates = ReadCertificates(reader);
        var signers = reader.ReadSetOf(skipSortOrderValidation: true);
        reader.ThrowIfNotEmpty();
        var signer = ReadSigner(signers.ReadSequence());
        signers.ThrowIfNotEmpty();
        Require(digests.Contains(signer.Digest), "the signer's hash among the digest algorithms");
        return ReadInfo(content, signer, certificates);
    }

    private static HashSet<HashAlgorithmName> ReadDigests(AsnReader set)
    {
        var digests = new HashSet<HashAlgorithmName>();
        while (set.HasData)
        {
            digests.Add(SignatureAlgorithms.ReadHash(set));
        }

        return digests;
    }

    private static List<ReadOnlyMemory<byte>> ReadCertificates(AsnReader reader)
    {
        var certificates = new List<ReadOnlyMemory<byte>>();
        if (reader.PeekTag().HasSameClassAndValue(Context0))
        {
            var set = reader.ReadSetOf(skipSortOrderValidation: true, Context0);
            while (set.HasData)
            {
                certificates.Add(set.ReadEncodedValue());
            }
        }

        return certificates;
    }

    private static TimestampSigner ReadSigner(AsnReader reader)
    {
        Require(reader.TryReadInt32(out var version) && version is 1 or 3, "a SignerInfo of version 1 or 3");
        ReadOnlyMemory<byte>? issuer = null;
        ReadOnlyMemory<byte> serialOrKeyId;
        if (reader.PeekTag().HasSameClassAndValue(Context0))
        {
            serialOrKeyId = reader.ReadOctetString(Context0);
        }
        else
        {
            var sid = reader.ReadSequence();
            issuer = sid.ReadEncodedValue();
            serialOrKeyId = sid.ReadIntegerBytes();
            sid.ThrowIfNotEmpty();
        }

        var digest = SignatureAlgorithms.ReadHash(reader);
        Require(reader.PeekTag().HasSameClassAndValue(Context0), "signed attributes");
        var signedAttributes = reader.PeekEncodedValue().ToArray();
        signedAttributes[0] = 0x31;
        var attributes = ReadAttributes(reader.ReadSetOf(skipSortOrderValidation: true, Context0));
        var algorithm = ReadAlgorithm(reader.ReadSequence());
        var signature = reader.ReadOctetString();
        if (reader.HasData)
        {
            reader.ReadSetOf(skipSortOrderValidation: true, Context1);
        }

        reader.ThrowIfNotEmpty();
        return new TimestampSigner
        {
            Issuer = issuer,
            SerialOrKeyId = serialOrKeyId,
            Digest = digest,
            Scheme = SignatureAlgorithms.FromCms(algorithm, digest),
            Signature = signature,
            SignedAttributes = signedAttributes,
            ContentType = Find(attributes, ContentType).ReadObjectIdentifier(),
            MessageDigest = Find(attributes, MessageDigest).ReadOctetString(),
            SigningCertificate = ReadSigningCertificate(attributes),
        };
    }

    private static string ReadAlgorithm(AsnReader identifier)
    {
        var oid = identifier.ReadObjectIdentifier();
        if (identifier.HasData)
        {
            identifier.ReadNull();
        }

        identifier.ThrowIfNotEmpty();
        return oid;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> ReadAttributes(AsnReader set)
    {
        var attributes = new Dictionary<string, ReadOnlyMemory<byte>>();
        while (set.HasData)
        {
            var attribute = set.ReadSequence();
            var oid = attribute.ReadObjectIdentifier();
            var values = attribute.ReadSetOf(skipSortOrderValidation: true);
            attribute.ThrowIfNotEmpty();
            Require(attributes.TryAdd(oid, values.ReadEncodedValue()) && !values.HasData, $"one attribute {oid} with one value");
        }

        return attributes;
    }

    private static AsnReader Find(Dictionary<string, ReadOnlyMemory<byte>> attributes, string oid) => attributes.TryGetValue(oid, out var value)
        ? new AsnReader(value, AsnEncodingRules.DER)
        : throw new FormatException($"timestamp: expected the signed attribute {oid}");

    private static (HashAlgorithmName Algorithm, ReadOnlyMemory<byte> Hash) ReadSigningCertificate(Dictionary<string, ReadOnlyMemory<byte>> attributes)
    {
        if (!attributes.ContainsKey(SigningCertificateV2))
        {
            var first = Find(attributes, SigningCertificate).ReadSequence().ReadSequence().ReadSequence();
            return (HashAlgorithmName.SHA1, first.ReadOctetString());
        }

        var id = Find(attributes, SigningCertificateV2).ReadSequence().ReadSequence().ReadSequence();
        var algorithm = id.PeekTag() == Asn1Tag.Sequence ? SignatureAlgorithms.ReadHash(id) : HashAlgorithmName.SHA256;
        return (algorithm, id.ReadOctetString());
    }

    private static TimestampToken ReadInfo(byte[] content, TimestampSigner signer, List<ReadOnlyMemory<byte>> certificates)
    {
        var outer = new AsnReader(content, AsnEncodingRules.DER);
        var info = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        Require(info.TryReadInt32(out var version) && version == 1, "TSTInfo version 1");
        var policy = info.ReadObjectIdentifier();
        var imprint = info.ReadSequence();
        var algorithm = SignatureAlgorithms.ReadHash(imprint);
        var hash = imprint.ReadOctetString();
        imprint.ThrowIfNotEmpty();
        var serial = info.ReadIntegerBytes();
        var time = info.ReadGeneralizedTime();
        return new TimestampToken(signer, content)
        {
            ImprintAlgorithm = algorithm,
            Imprint = hash,
            Time = time,
            Nonce = ReadNonce(info),
            Policy = policy,
            Serial = serial,
            Certificates = certificates,
        };
    }

    /// <summary>accuracy SEQUENCE, ordering BOOLEAN, nonce INTEGER, tsa [0], extensions [1]: all optional, in that order.</summary>
    private static ReadOnlyMemory<byte>? ReadNonce(AsnReader info)
    {
        if (info.HasData && info.PeekTag() == Asn1Tag.Sequence)
        {
            info.ReadSequence();
        }

        if (info.HasData && info.PeekTag() == Asn1Tag.Boolean)
        {
            info.ReadBoolean();
        }

        return info.HasData && info.PeekTag() == Asn1Tag.Integer ? info.ReadIntegerBytes() : null;
    }

    private static void Require(bool condition, string expected)
    {
        if (!condition)
        {
            throw new FormatException($"timestamp: expected {expected}");
        }
    }
}
