using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using Aixv.Authority.Certificates;
using Aixv.Sigstore.Json;

namespace Aixv.Authority.Timestamping;

/// <summary>What a client wants stamped (RFC 3161 §2.4.1).</summary>
/// <param name="HashOid">The OID of the hash, SHA-256, SHA-384 or SHA-512.</param>
/// <param name="Digest">The hash of the data.</param>
/// <param name="Nonce">Echoed, or null without one.</param>
/// <param name="WantsCertificates">certReq.</param>
/// <param name="Policy">The policy asked for, or null.</param>
internal sealed record TimestampRequest(string HashOid, byte[] Digest, BigInteger? Nonce, bool WantsCertificates, string? Policy)
{
    public const int MaximumBytes = 16 * 1024;
    private const int MaximumNonceBytes = 64;
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 0);

    /// <summary>Reads a DER TimeStampReq.</summary>
    /// <exception cref="TimestampRefusal">It cannot be answered with a token.</exception>
    public static TimestampRequest ReadDer(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER);
            var request = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            if (request.ReadInteger() != BigInteger.One)
            {
                throw new TimestampRefusal(PkiFailure.BadRequest, "only version 1 of TimeStampReq is known");
            }

            var imprint = request.ReadSequence();
            var hash = ReadHash(imprint.ReadSequence());
            var digest = imprint.ReadOctetString();
            imprint.ThrowIfNotEmpty();
            var policy = request.HasData && request.PeekTag() == Asn1Tag.ObjectIdentifier ? request.ReadObjectIdentifier() : null;
            var nonce = request.HasData && request.PeekTag() == Asn1Tag.Integer ? ReadNonce(request) : (BigInteger?)null;
            var certificates = request.HasData && request.PeekTag() == Asn1Tag.Boolean && request.ReadBoolean();
            if (request.HasData && request.PeekTag().HasSameClassAndValue(Extensions))
            {
                throw new TimestampRefusal(PkiFailure.UnacceptedExtension, "extensions are not supported");
            }

            request.ThrowIfNotEmpty();
            return Create(hash, digest, nonce, certificates, policy);
        }
        catch (AsnContentException e)
        {
            throw new TimestampRefusal(PkiFailure.BadDataFormat, $"not a DER TimeStampReq ({e.Message})");
        }
    }

    /// <summary>Reads the JSON form that JavaScript clients send.</summary>
    /// <exception cref="TimestampRefusal">It cannot be answered with a token.</exception>
    public static TimestampRequest ReadJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            var body = ProtoObject.Parse(json, MaximumBytes).Only("artifactHash", "hashAlgorithm", "certificates", "nonce", "tsaPolicyOID");
            var hash = body.RequiredText("hashAlgorithm").ToLowerInvariant() switch
            {
                "sha256" => Oids.Sha256,
                "sha384" => Oids.Sha384,
                "sha512" => Oids.Sha512,
                var other => throw new TimestampRefusal(PkiFailure.BadAlgorithm, $"hashAlgorithm '{other}' is not among sha256, sha384, sha512"),
            };
            BigInteger? nonce = body.Has("nonce") ? body.Number("nonce") : null;
            return Create(hash, body.RequiredBytes("artifactHash"), nonce, body.Flag("certificates"), body.Text("tsaPolicyOID"));
        }
        catch (FormatException e)
        {
            throw new TimestampRefusal(PkiFailure.BadDataFormat, e.Message);
        }
    }

    private static string ReadHash(AsnReader algorithm)
    {
        var oid = algorithm.ReadObjectIdentifier();
        if (algorithm.HasData)
        {
            algorithm.ReadNull();
        }

        algorithm.ThrowIfNotEmpty();
        return oid;
    }

    private static BigInteger ReadNonce(AsnReader request)
    {
        var bytes = request.ReadIntegerBytes();
        return bytes.Length <= MaximumNonceBytes
            ? new BigInteger(bytes.Span, isBigEndian: true)
            : throw new TimestampRefusal(PkiFailure.BadRequest, $"the nonce is longer than {MaximumNonceBytes} bytes");
    }

    private static TimestampRequest Create(string hash, byte[] digest, BigInteger? nonce, bool certificates, string? policy)
    {
        var expected = hash switch
        {
            Oids.Sha256 => SHA256.HashSizeInBytes,
            Oids.Sha384 => SHA384.HashSizeInBytes,
            Oids.Sha512 => SHA512.HashSizeInBytes,
            _ => throw new TimestampRefusal(PkiFailure.BadAlgorithm, $"hash {hash} is not among SHA-256, SHA-384, SHA-512"),
        };
        if (digest.Length != expected)
        {
            throw new TimestampRefusal(PkiFailure.BadDataFormat, $"the digest has {digest.Length} bytes, its hash has {expected}");
        }

        return policy is null or TimestampAuthority.Policy
            ? new TimestampRequest(hash, digest, nonce, certificates, policy)
            : throw new TimestampRefusal(PkiFailure.UnacceptedPolicy, $"policy {policy} is not offered (policy {TimestampAuthority.Policy} is)");
    }
}
