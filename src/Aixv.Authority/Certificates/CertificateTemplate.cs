using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Certificates;

/// <summary>A certificate before it is signed. Encoding twice gives the same bytes, so a precertificate and its certificate differ by one extension only.</summary>
internal sealed record CertificateTemplate
{
    private static readonly DateTimeOffset FirstGeneralizedTime = new(2050, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>20 bytes, positive (<see cref="NewSerial"/>).</summary>
    public required byte[] Serial { get; init; }

    public required DistinguishedName Issuer { get; init; }

    public required DistinguishedName Subject { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public required PublicKey SubjectKey { get; init; }

    public required ImmutableArray<CertificateExtension> Extensions { get; init; }

    /// <summary>A random positive serial number of 20 bytes, about 158 bits of it random.</summary>
    public static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(20);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        return serial;
    }

    /// <summary>The DER TBSCertificate for an issuer that signs by <paramref name="scheme"/>.</summary>
    public byte[] EncodeToBeSigned(SignatureScheme scheme)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                writer.WriteInteger(2);
            }

            writer.WriteIntegerUnsigned(Serial);
            AlgorithmIdentifiers.Write(writer, scheme);
            Issuer.Write(writer);
            using (writer.PushSequence())
            {
                WriteTime(writer, NotBefore);
                WriteTime(writer, NotAfter);
            }

            Subject.Write(writer);
            writer.WriteEncodedValue(SubjectKey.Spki.Span);
            WriteExtensions(writer);
        }

        return writer.Encode();
    }

    /// <summary>The DER certificate, signed by <paramref name="issuer"/>.</summary>
    public byte[] Sign(SigningKey issuer)
    {
        var scheme = issuer.PublicKey.DefaultScheme;
        var toBeSigned = EncodeToBeSigned(scheme);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(toBeSigned);
            AlgorithmIdentifiers.Write(writer, scheme);
            writer.WriteBitString(issuer.Sign(toBeSigned, scheme));
        }

        return writer.Encode();
    }

    /// <summary>RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from then on; whole seconds.</summary>
    private static void WriteTime(AsnWriter writer, DateTimeOffset time)
    {
        if (time < FirstGeneralizedTime)
        {
            writer.WriteUtcTime(time);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }

    private void WriteExtensions(AsnWriter writer)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
        using (writer.PushSequence())
        {
            foreach (var extension in Extensions)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(extension.Oid);
                    if (extension.Critical)
                    {
                        writer.WriteBoolean(true);
                    }

                    writer.WriteOctetString(extension.Value);
                }
            }
        }
    }
}
