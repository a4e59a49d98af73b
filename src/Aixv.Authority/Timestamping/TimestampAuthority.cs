using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Aixv.Authority.Certificates;
using Aixv.Authority.Keys;
using Aixv.Sigstore.Certificates;
using Aixv.Transparency.Keys;
using CertificateExtension = Aixv.Authority.Certificates.CertificateExtension;
using KeyUsages = Aixv.Authority.Certificates.KeyUsages;

namespace Aixv.Authority.Timestamping;

/// <summary>Answers RFC 3161 requests: a P-256 signer, below a P-384 root of its own.</summary>
internal sealed class TimestampAuthority : IDisposable
{
    /// <summary>The policy of every token: the one whose tokens Sigstore's own authority issues under.</summary>
    public const string Policy = "1.3.6.1.4.1.57264.2";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(3652);
    private readonly SigningKey key;
    private readonly Certificate certificate;
    private readonly byte[] certificateId;
    private readonly TimeProvider time;

    private TimestampAuthority(SigningKey key, ImmutableArray<byte[]> chain, TimeProvider time)
    {
        this.key = key;
        this.time = time;
        certificate = Certificate.Parse(chain[0]);
        certificateId = EncodeCertificateId(certificate);
        Chain = chain;
    }

    /// <summary>The signer's certificate, then the root, DER.</summary>
    public ImmutableArray<byte[]> Chain { get; }

    /// <summary>Makes signer and root. The root's key is wiped: a rotation makes a new root.</summary>
    public static ServiceGeneration Create(int number, string organization, KeyFolder keys, DateTimeOffset now)
    {
        using var rootKey = SigningKey.Generate(KeyAlgorithm.EcdsaP384);
        using var key = keys.LoadOrCreate(ServiceGeneration.NameOf(ServiceRole.TimestampAuthority, number), KeyAlgorithm.EcdsaP256);
        var root = RootAuthority.Create(new DistinguishedName(organization, $"{organization} timestamp root {number}"), rootKey, now, Lifetime);
        var leaf = new CertificateTemplate
        {
            Serial = CertificateTemplate.NewSerial(),
            Issuer = root.Subject,
            Subject = new DistinguishedName(organization, $"{organization} timestamps {number}"),
            NotBefore = now,
            NotAfter = now + Lifetime,
            SubjectKey = key.PublicKey,
            Extensions =
            [
                CertificateExtension.KeyUsage(KeyUsages.DigitalSignature),
                CertificateExtension.ExtendedKeyUsage(Oids.TimeStamping, critical: true),
                CertificateExtension.SubjectKeyIdentifier(key.PublicKey),
                CertificateExtension.AuthorityKeyIdentifier(rootKey.PublicKey),
            ],
        };
        return new ServiceGeneration
        {
            Role = ServiceRole.TimestampAuthority,
            Number = number,
            PublicKey = key.PublicKey,
            Start = now,
            Chain = [leaf.Sign(rootKey), root.Sign(rootKey)],
        };
    }

    public static TimestampAuthority Open(ServiceGeneration generation, KeyFolder keys, TimeProvider time) =>
        new(keys.Load(generation.KeyName), generation.Chain, time);

    /// <summary>The DER TimeStampResp (RFC 3161 §2.4.2) that grants <paramref name="request"/>.</summary>
    public byte[] Grant(TimestampRequest request)
    {
        var content = EncodeTstInfo(request);
        var attributes = EncodeSignedAttributes(content);
        var signature = key.Sign(attributes, SignatureScheme.EcdsaSha256);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteInteger(0);
            }

            WriteToken(writer, request.WantsCertificates, content, attributes, signature);
        }

        return writer.Encode();
    }

    /// <summary>The DER TimeStampResp that rejects.</summary>
    public static byte[] Reject(TimestampRefusal refusal)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteInteger(2);
            using (writer.PushSequence())
            {
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, refusal.Message);
            }

            var bit = (int)refusal.Failure;
            var bits = new byte[(bit / 8) + 1];
            bits[^1] = (byte)(0x80 >> (bit % 8));
            writer.WriteBitString(bits, 7 - (bit % 8));
        }

        return writer.Encode();
    }

    private byte[] EncodeTstInfo(TimestampRequest request)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            writer.WriteObjectIdentifier(Policy);
            using (writer.PushSequence())
            {
                WriteHash(writer, request.HashOid);
                writer.WriteOctetString(request.Digest);
            }

            writer.WriteIntegerUnsigned(CertificateTemplate.NewSerial());
            writer.WriteGeneralizedTime(time.GetUtcNow(), omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
            }

            if (request.Nonce is { } nonce)
            {
                writer.WriteInteger(nonce);
            }
        }

        return writer.Encode();
    }

    /// <summary>RFC 5652 §5.4: the signature covers the attributes as a SET OF.</summary>
    private byte[] EncodeSignedAttributes(byte[] content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            using (PushAttribute(writer, Oids.ContentType))
            {
                writer.WriteObjectIdentifier(Oids.TstInfo);
            }

            using (PushAttribute(writer, Oids.MessageDigest))
            {
                writer.WriteOctetString(SHA256.HashData(content));
            }

            using (PushAttribute(writer, Oids.SigningCertificateV2))
            {
                writer.WriteEncodedValue(certificateId);
            }
        }

        return writer.Encode();
    }

    private static AttributeScope PushAttribute(AsnWriter writer, string oid) => new(writer, oid);

    private void WriteToken(AsnWriter writer, bool withCertificates, byte[] content, byte[] attributes, byte[] signature)
    {
        var explicit0 = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oids.SignedData);
            using (writer.PushSequence(explicit0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(3);
                using (writer.PushSetOf())
                {
                    WriteHash(writer, Oids.Sha256);
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(Oids.TstInfo);
                    using (writer.PushSequence(explicit0))
                    {
                        writer.WriteOctetString(content);
                    }
                }

                if (withCertificates)
                {
                    using (writer.PushSetOf(explicit0))
                    {
                        writer.WriteEncodedValue(Chain[0]);
                    }
                }

                using (writer.PushSetOf())
                {
                    WriteSignerInfo(writer, attributes, signature);
                }
            }
        }
    }

    private void WriteSignerInfo(AsnWriter writer, byte[] attributes, byte[] signature)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            using (writer.PushSequence())
            {
                writer.WriteEncodedValue(certificate.Issuer.Span);
                writer.WriteInteger(certificate.Serial.Span);
            }

            WriteHash(writer, Oids.Sha256);
            byte[] implicitAttributes = [0xa0, .. attributes.AsSpan(1)];
            writer.WriteEncodedValue(implicitAttributes);
            AlgorithmIdentifiers.Write(writer, SignatureScheme.EcdsaSha256);
            writer.WriteOctetString(signature);
        }
    }

    /// <summary>SigningCertificateV2 (RFC 5035): SHA-256, the default, so its identifier is left out; with issuer and serial.</summary>
    private static byte[] EncodeCertificateId(Certificate certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteOctetString(SHA256.HashData(certificate.Raw.Span));
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
                {
                    writer.WriteEncodedValue(certificate.Issuer.Span);
                }

                writer.WriteInteger(certificate.Serial.Span);
            }
        }

        return writer.Encode();
    }

    private static void WriteHash(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
        }
    }

    public void Dispose() => key.Dispose();

    /// <summary>An Attribute (RFC 5652 §5.3) of one value, closed by disposing.</summary>
    private readonly struct AttributeScope : IDisposable
    {
        private readonly AsnWriter writer;

        public AttributeScope(AsnWriter writer, string oid)
        {
            this.writer = writer;
            writer.PushSequence();
            writer.WriteObjectIdentifier(oid);
            writer.PushSetOf();
        }

        public void Dispose()
        {
            writer.PopSetOf();
            writer.PopSequence();
        }
    }
}
