using System.Formats.Asn1;
using System.Security.Cryptography;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Certificates;

/// <summary>One X.509 extension (RFC 5280 §4.2): <paramref name="Value"/> is the DER inside extnValue.</summary>
internal sealed record CertificateExtension(string Oid, bool Critical, byte[] Value)
{
    public static CertificateExtension KeyUsage(KeyUsages usages)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteNamedBitList(usages);
        return new(Oids.KeyUsage, Critical: true, writer.Encode());
    }

    public static CertificateExtension ExtendedKeyUsage(string purpose, bool critical)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(purpose);
        }

        return new(Oids.ExtendedKeyUsage, critical, writer.Encode());
    }

    public static CertificateExtension AuthorityConstraints(int? pathLength)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteBoolean(true);
            if (pathLength is { } length)
            {
                writer.WriteInteger(length);
            }
        }

        return new(Oids.BasicConstraints, Critical: true, writer.Encode());
    }

    public static CertificateExtension SubjectKeyIdentifier(PublicKey key)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(KeyIdentifier(key));
        return new(Oids.SubjectKeyIdentifier, Critical: false, writer.Encode());
    }

    public static CertificateExtension AuthorityKeyIdentifier(PublicKey issuer)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteOctetString(KeyIdentifier(issuer), new Asn1Tag(TagClass.ContextSpecific, 0));
        }

        return new(Oids.AuthorityKeyIdentifier, Critical: false, writer.Encode());
    }

    /// <summary>RFC 7093 §2 method 1: the first 160 bits of SHA-256 over the key bits.</summary>
    private static byte[] KeyIdentifier(PublicKey key)
    {
        var spki = new AsnReader(key.Spki, AsnEncodingRules.DER).ReadSequence();
        spki.ReadSequence();
        return SHA256.HashData(spki.ReadBitString(out _))[..20];
    }
}
