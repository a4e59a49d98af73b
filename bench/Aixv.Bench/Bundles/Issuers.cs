using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Aixv.Bench.Bundles;

/// <summary>The certificates of authorities: roots, intermediates and the leaf of a timestamp authority, all P-384.</summary>
internal static class Issuers
{
    internal static X509Certificate2 Root(string name, ECDsa key, DateTimeOffset from, DateTimeOffset to)
    {
        var request = new CertificateRequest($"O={name},CN={name}", key, HashAlgorithmName.SHA384);
        AddAuthority(request, pathLength: null);
        return request.CreateSelfSigned(from, to);
    }

    internal static X509Certificate2 Issue(
        X509Certificate2 issuer, ECDsa issuerKey, string name, ECDsa key, DateTimeOffset from, DateTimeOffset to, bool isAuthority, string usage)
    {
        var request = new CertificateRequest($"O=bench,CN={name}", key, HashAlgorithmName.SHA384);
        if (isAuthority)
        {
            AddAuthority(request, pathLength: 0);
        }
        else
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
            request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        }

        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: !isAuthority));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(issuer, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        return request.Create(issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(issuerKey), from, to, NewSerial());
    }

    /// <summary>A random serial number of 20 bytes: positive, and without leading zeros.</summary>
    internal static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(20);
        serial[0] = (byte)(serial[0] & 0x7f | 0x40);
        return serial;
    }

    private static void AddAuthority(CertificateRequest request, int? pathLength)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, pathLength is not null, pathLength ?? 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
    }
}
