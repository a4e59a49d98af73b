using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Aixv.Transparency.Keys;

namespace Aixv.Bench.Bundles;

/// <summary>A certificate authority as Fulcio is: a P-384 root and intermediate, P-256 leaves for ten minutes with an embedded SCT.</summary>
internal sealed class VirtualAuthority
{
    private const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    private const string SctList = "1.3.6.1.4.1.11129.2.4.2";
    private const string ClaimArc = "1.3.6.1.4.1.57264.1.";
    private readonly X509Certificate2 intermediate;
    private readonly X509SignatureGenerator generator;

    internal VirtualAuthority(DateTimeOffset from, DateTimeOffset to)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Root = Issuers.Root("bench", rootKey, from, to);
        intermediate = Issuers.Issue(Root, rootKey, "bench-intermediate", intermediateKey, from, to, isAuthority: true, CodeSigning);
        generator = X509SignatureGenerator.CreateForECDsa(intermediateKey);
        CtKey = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
    }

    internal X509Certificate2 Root { get; }

    internal X509Certificate2 Intermediate => intermediate;

    internal SigningKey CtKey { get; }

    /// <summary>A leaf for a workflow identity, valid from <paramref name="time"/> on.</summary>
    internal byte[] Issue(ECDsa key, string identity, string issuer, DateTimeOffset time)
    {
        var serial = Issuers.NewSerial();
        using var bare = Create(key, identity, issuer, time, serial, null);
        var tbs = Aixv.Sigstore.Certificates.Certificate.Parse(bare.RawData).Tbs;
        var milliseconds = (ulong)time.ToUnixTimeMilliseconds();
        var spki = intermediate.PublicKey.ExportSubjectPublicKeyInfo();
        var signed = Aixv.Sigstore.Certificates.PrecertificateEntry.SignedData(tbs, spki, milliseconds, []);
        var list = SctBytes(CtKey.PublicKey.SpkiSha256(), milliseconds, CtKey.Sign(signed, SignatureScheme.EcdsaSha256));
        using var certificate = Create(key, identity, issuer, time, serial, list);
        return certificate.RawData;
    }

    private X509Certificate2 Create(ECDsa key, string identity, string issuer, DateTimeOffset time, byte[] serial, byte[]? scts)
    {
        var request = new CertificateRequest(new X500DistinguishedName([0x30, 0x00]), new System.Security.Cryptography.X509Certificates.PublicKey(key), HashAlgorithmName.SHA384);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(CodeSigning)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(intermediate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(identity));
        request.CertificateExtensions.Add(names.Build(critical: true));
        request.CertificateExtensions.Add(new X509Extension(ClaimArc + "1", System.Text.Encoding.UTF8.GetBytes(issuer), critical: false));
        for (var claim = 8; claim <= 24; claim++)
        {
            request.CertificateExtensions.Add(Claim(claim, claim == 8 ? issuer : identity));
        }

        if (scts is not null)
        {
            request.CertificateExtensions.Add(new X509Extension(SctList, scts, critical: false));
        }

        return request.Create(intermediate.SubjectName, generator, time, time.AddMinutes(10), serial);
    }

    private static X509Extension Claim(int number, string value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
        return new X509Extension(ClaimArc + number, writer.Encode(), critical: false);
    }

    /// <summary>OCTET STRING of a SignedCertificateTimestampList (RFC 6962 §3.3) with one SCT of version 1, ECDSA with SHA-256.</summary>
    private static byte[] SctBytes(byte[] logId, ulong milliseconds, byte[] signature)
    {
        var time = BitConverter.GetBytes(milliseconds).Reverse();
        byte[] sct = [0, .. logId, .. time, 0, 0, 4, 3, .. Length16(signature.Length), .. signature];
        byte[] item = [.. Length16(sct.Length), .. sct];
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString([.. Length16(item.Length), .. item]);
        return writer.Encode();
    }

    private static byte[] Length16(int length) => [(byte)(length >> 8), (byte)(length & 0xff)];
}
