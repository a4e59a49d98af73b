using System.Collections.Immutable;
using Aixv.Authority.Certificates;
using Aixv.Authority.Keys;
using Aixv.Sigstore.Certificates;
using Aixv.Transparency.Keys;
using CertificateExtension = Aixv.Authority.Certificates.CertificateExtension;
using KeyUsages = Aixv.Authority.Certificates.KeyUsages;

namespace Aixv.Authority.Issuance;

/// <summary>The issuing CA: a P-384 intermediate below a P-384 root. It makes leaf templates; <see cref="LeafIssuer"/> signs them.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan RootLifetime = TimeSpan.FromDays(3652);
    private readonly DistinguishedName name;

    private CertificateAuthority(DistinguishedName name, SigningKey key, ImmutableArray<byte[]> chain)
    {
        this.name = name;
        Key = key;
        Chain = chain;
        IssuerKeyHash = key.PublicKey.SpkiSha256();
        AuthorityKeyIdentifier = CertificateExtension.AuthorityKeyIdentifier(key.PublicKey);
    }

    /// <summary>The leaf's lifetime.</summary>
    public static TimeSpan LeafLifetime { get; } = TimeSpan.FromMinutes(10);

    public SigningKey Key { get; }

    /// <summary>Intermediate, then root, DER.</summary>
    public ImmutableArray<byte[]> Chain { get; }


    /// <summary>SHA-256 of the issuer's SubjectPublicKeyInfo (RFC 6962 §3.2).</summary>
    public byte[] IssuerKeyHash { get; }

    public CertificateExtension AuthorityKeyIdentifier { get; }

    public DistinguishedName Name => name;

    /// <summary>Makes root and intermediate. The root's key is wiped: it signs only this intermediate, and a rotation makes a new root.</summary>
    public static ServiceGeneration Create(int number, string organization, KeyFolder keys, DateTimeOffset now)
    {
        using var rootKey = SigningKey.Generate(KeyAlgorithm.EcdsaP384);
        using var key = keys.LoadOrCreate(ServiceGeneration.NameOf(ServiceRole.CertificateAuthority, number), KeyAlgorithm.EcdsaP384);
        var root = RootAuthority.Create(new DistinguishedName(organization, $"{organization} root {number}"), rootKey, now, RootLifetime);
        var intermediate = new CertificateTemplate
        {
            Serial = CertificateTemplate.NewSerial(),
            Issuer = root.Subject,
            Subject = NameOf(organization, number),
            NotBefore = now,
            NotAfter = now + RootLifetime,
            SubjectKey = key.PublicKey,
            Extensions =
            [
                CertificateExtension.KeyUsage(KeyUsages.CertificateSigning | KeyUsages.RevocationListSigning),
                CertificateExtension.ExtendedKeyUsage(Oids.CodeSigning, critical: false),
                CertificateExtension.AuthorityConstraints(pathLength: 0),
                CertificateExtension.SubjectKeyIdentifier(key.PublicKey),
                CertificateExtension.AuthorityKeyIdentifier(rootKey.PublicKey),
            ],
        };
        return new ServiceGeneration
        {
            Role = ServiceRole.CertificateAuthority,
            Number = number,
            PublicKey = key.PublicKey,
            Start = now,
            Chain = [intermediate.Sign(rootKey), root.Sign(rootKey)],
        };
    }

    public static CertificateAuthority Open(ServiceGeneration generation, KeyFolder keys)
    {
        var subject = DistinguishedName.Read(Certificate.Parse(generation.Chain[0]).Subject);
        return new CertificateAuthority(subject, keys.Load(generation.KeyName), generation.Chain);
    }

    private static DistinguishedName NameOf(string organization, int number) => new(organization, $"{organization} intermediate {number}");

    public void Dispose() => Key.Dispose();
}
