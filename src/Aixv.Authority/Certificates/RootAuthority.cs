using Aixv.Transparency.Keys;

namespace Aixv.Authority.Certificates;

/// <summary>Self-signed roots: CA:TRUE, keyCertSign and cRLSign, no extended key usage.</summary>
internal static class RootAuthority
{
    public static CertificateTemplate Create(DistinguishedName name, SigningKey key, DateTimeOffset notBefore, TimeSpan lifetime) => new()
    {
        Serial = CertificateTemplate.NewSerial(),
        Issuer = name,
        Subject = name,
        NotBefore = notBefore,
        NotAfter = notBefore + lifetime,
        SubjectKey = key.PublicKey,
        Extensions =
        [
            CertificateExtension.KeyUsage(KeyUsages.CertificateSigning | KeyUsages.RevocationListSigning),
            CertificateExtension.AuthorityConstraints(pathLength: null),
            CertificateExtension.SubjectKeyIdentifier(key.PublicKey),
        ],
    };
}
