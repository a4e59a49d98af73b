using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Text;
using Aixv.Authority.Certificates;
using Aixv.Authority.Federation;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Issuance;

/// <summary>Issues leaf certificates: logged first, then signed with the SCT inside.</summary>
internal sealed class LeafIssuer(CertificateAuthority authority, CtLog log, TimeProvider time)
{
    private const int IssuerV1 = 1;
    private const int LastRawExtension = 6;
    private const int IssuerV2 = 8;
    private const int TokenSubject = 24;

    public CertificateAuthority Authority => authority;

    /// <summary>The DER certificate for <paramref name="key"/>.</summary>
    public async Task<byte[]> IssueAsync(Principal principal, PublicKey key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var notBefore = now - TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerSecond);
        var template = new CertificateTemplate
        {
            Serial = CertificateTemplate.NewSerial(),
            Issuer = authority.Name,
            Subject = DistinguishedName.Empty,
            NotBefore = notBefore,
            NotAfter = notBefore + CertificateAuthority.LeafLifetime,
            SubjectKey = key,
            Extensions =
            [
                CertificateExtension.KeyUsage(KeyUsages.DigitalSignature),
                CertificateExtension.ExtendedKeyUsage(Oids.CodeSigning, critical: false),
                CertificateExtension.SubjectKeyIdentifier(key),
                authority.AuthorityKeyIdentifier,
                principal.Name.ToExtension(),
                .. Claims(principal),
            ],
        };
        var precertificate = template.EncodeToBeSigned(authority.Key.PublicKey.DefaultScheme);
        var sct = await log.AddAsync(authority.IssuerKeyHash, precertificate, cancellationToken);
        return (template with { Extensions = template.Extensions.Add(SctExtension(sct)) }).Sign(authority.Key);
    }

    private static IEnumerable<CertificateExtension> Claims(Principal principal) => principal.Build
        .SetItem(IssuerV1, principal.Issuer)
        .SetItem(IssuerV2, principal.Issuer)
        .SetItem(TokenSubject, principal.Subject)
        .Select(claim => new CertificateExtension($"{Oids.Fulcio}.{claim.Key}", Critical: false, ClaimValue(claim.Key, claim.Value)));

    /// <summary>Extensions 1 to 6 are the bare text; those from 8 on are DER UTF8Strings.</summary>
    private static byte[] ClaimValue(int extension, string text)
    {
        if (extension <= LastRawExtension)
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(UniversalTagNumber.UTF8String, text);
        return writer.Encode();
    }

    /// <summary>RFC 6962 §3.3: an OCTET STRING around a list of one SCT.</summary>
    private static CertificateExtension SctExtension(byte[] sct)
    {
        var list = new byte[4 + sct.Length];
        BinaryPrimitives.WriteUInt16BigEndian(list, checked((ushort)(sct.Length + 2)));
        BinaryPrimitives.WriteUInt16BigEndian(list.AsSpan(2), checked((ushort)sct.Length));
        sct.CopyTo(list, 4);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(list);
        return new(Oids.SctList, Critical: false, writer.Encode());
    }
}
