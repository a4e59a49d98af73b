using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Aixv.Bench.Bundles;

/// <summary>A timestamp authority as the public one is: P-384 leaf, SHA-256, no certificates in the token (RFC 3161).</summary>
internal sealed class VirtualTimestamper
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";
    private const string TstInfo = "1.2.840.113549.1.9.16.1.4";
    private const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string Sha256 = "2.16.840.1.101.3.4.2.1";
    private const string Policy = "1.3.6.1.4.1.57264.2";
    private readonly X509Certificate2 leafWithKey;
    private readonly byte[] signingCertificate;

    internal VirtualTimestamper(DateTimeOffset from, DateTimeOffset to)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Root = Issuers.Root("bench-tsa", rootKey, from, to);
        Leaf = Issuers.Issue(Root, rootKey, "bench-timestamps", leafKey, from, to, isAuthority: false, TimeStamping);
        leafWithKey = Leaf.CopyWithPrivateKey(leafKey);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(Leaf.RawData));
        }

        signingCertificate = writer.Encode();
    }

    internal X509Certificate2 Root { get; }

    internal X509Certificate2 Leaf { get; }

    /// <summary>A granted TimeStampResp over <paramref name="signature"/>.</summary>
    internal byte[] Stamp(byte[] signature, DateTimeOffset time)
    {
        var cms = new SignedCms(new ContentInfo(new Oid(TstInfo), Info(signature, time)), detached: false);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, leafWithKey)
        {
            DigestAlgorithm = new Oid(Sha256),
            IncludeOption = X509IncludeOption.None,
        };
        signer.SignedAttributes.Add(new AsnEncodedData(new Oid(SigningCertificateV2), signingCertificate));
        cms.ComputeSignature(signer);
        return Answer(cms.Encode());
    }

    private static byte[] Answer(byte[] contentInfo)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
            }

            writer.WriteEncodedValue(contentInfo);
        }

        return writer.Encode();
    }

    private static byte[] Info(byte[] signature, DateTimeOffset time)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier(Policy);
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Sha256);
                }

                writer.WriteOctetString(SHA256.HashData(signature));
            }

            writer.WriteIntegerUnsigned(Issuers.NewSerial());
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }

        return writer.Encode();
    }
}
