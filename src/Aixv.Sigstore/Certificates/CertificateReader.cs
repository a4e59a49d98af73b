using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Text;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Certificates;

/// <summary>Reads DER certificates, strictly.</summary>
internal static class CertificateReader
{
    private const string SubjectKeyIdentifier = "2.5.29.14";
    private const string KeyUsage = "2.5.29.15";
    private const string SubjectAltName = "2.5.29.17";
    private const string BasicConstraints = "2.5.29.19";
    private const string CertificatePolicies = "2.5.29.32";
    private const string AuthorityKeyIdentifier = "2.5.29.35";
    private const string ExtendedKeyUsage = "2.5.29.37";
    private const string UserNameType = CertificateClaims.Arc + "7";
    private const int MaximumExtensions = 100;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static Certificate Read(ReadOnlyMemory<byte> der)
    {
        try
        {
            return ReadCertificate(der);
        }
        catch (Exception e) when (e is AsnContentException or DecoderFallbackException or OverflowException)
        {
            throw new FormatException($"certificate: not valid DER ({e.Message})", e);
        }
    }

    private static Certificate ReadCertificate(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var tbsBytes = certificate.PeekEncodedValue();
        var tbs = certificate.ReadSequence();
        var outerAlgorithm = certificate.ReadEncodedValue();
        var signature = ReadBits(certificate, "signature");
        certificate.ThrowIfNotEmpty();

        var version = tbs.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
        if (!version.TryReadInt32(out var number) || number != 2)
        {
            throw new FormatException("certificate: only X.509 version 3 is supported");
        }

        var serial = tbs.ReadIntegerBytes();
        var innerAlgorithm = tbs.ReadEncodedValue();
        if (!innerAlgorithm.Span.SequenceEqual(outerAlgorithm.Span))
        {
            throw new FormatException("certificate: signature algorithms inside and outside the signed part differ");
        }

        var issuer = tbs.ReadEncodedValue();
        var validity = tbs.ReadSequence();
        var notBefore = ReadTime(validity);
        var notAfter = ReadTime(validity);
        validity.ThrowIfNotEmpty();
        var subject = tbs.ReadEncodedValue();
        var spki = tbs.ReadEncodedValue();
        var extensions = ReadExtensions(tbs);
        var d = Describe(extensions);
        return new Certificate(der, spki)
        {
            Tbs = tbsBytes,
            Serial = serial,
            Issuer = issuer,
            Subject = subject,
            NotBefore = notBefore,
            NotAfter = notAfter,
            SignatureScheme = ReadScheme(innerAlgorithm),
            Signature = signature,
            Extensions = extensions,
            SubjectAlternativeNames = d.Names,
            Claims = d.Claims,
            IsAuthority = d.Authority,
            PathLength = d.PathLength,
            KeyUsage = d.Usage,
            ExtendedKeyUsages = d.ExtendedUsages,
            ExtendedKeyUsageIsCritical = d.ExtendedUsageIsCritical,
            SubjectKeyIdentifier = d.SubjectKey,
            AuthorityKeyIdentifier = d.AuthorityKey,
            UnknownCriticalExtension = d.Unknown,
        };
    }

    private sealed class Description
    {
        internal ImmutableArray<SubjectAlternativeName> Names { get; set; } = [];
        internal CertificateClaims Claims { get; set; } = new(new Dictionary<int, string>());
        internal bool Authority { get; set; }
        internal int? PathLength { get; set; }
        internal KeyUsages? Usage { get; set; }
        internal ImmutableArray<string> ExtendedUsages { get; set; }
        internal bool ExtendedUsageIsCritical { get; set; }
        internal ReadOnlyMemory<byte>? SubjectKey { get; set; }
        internal ReadOnlyMemory<byte>? AuthorityKey { get; set; }
        internal string? Unknown { get; set; }
    }

    private static Description Describe(ImmutableArray<CertificateExtension> extensions)
    {
        var description = new Description();
        var claims = new Dictionary<int, string>();
        foreach (var extension in extensions)
        {
            Describe(extension, description, claims);
        }

        description.Claims = new CertificateClaims(claims);
        return description;
    }

    private static void Describe(CertificateExtension extension, Description description, Dictionary<int, string> claims)
    {
        var reader = new AsnReader(extension.Value, AsnEncodingRules.DER);
        switch (extension.Oid)
        {
            case SubjectKeyIdentifier:
                description.SubjectKey = reader.ReadOctetString();
                break;
            case AuthorityKeyIdentifier:
                var authority = reader.ReadSequence();
                var keyId = new Asn1Tag(TagClass.ContextSpecific, 0);
                description.AuthorityKey = authority.HasData && authority.PeekTag().HasSameClassAndValue(keyId)
                    ? authority.ReadOctetString(keyId)
                    : default(ReadOnlyMemory<byte>?);
                break;
            case KeyUsage:
                description.Usage = ReadKeyUsage(reader);
                break;
            case BasicConstraints:
                var constraints = reader.ReadSequence();
                description.Authority = constraints.HasData && constraints.PeekTag() == Asn1Tag.Boolean && constraints.ReadBoolean();
                description.PathLength = constraints.HasData && constraints.TryReadInt32(out var length) ? length : null;
                break;
            case ExtendedKeyUsage:
                description.ExtendedUsages = ReadOids(reader.ReadSequence());
                description.ExtendedUsageIsCritical = extension.Critical;
                break;
            case SubjectAltName:
                description.Names = ReadNames(reader.ReadSequence());
                break;
            case CertificatePolicies:
                break;
            default:
                if (ClaimNumber(extension.Oid) is { } number)
                {
                    claims[number] = ReadClaim(number, extension.Value);
                }
                else if (extension.Critical)
                {
                    description.Unknown ??= extension.Oid;
                }

                break;
        }
    }

    private static int? ClaimNumber(string oid) =>
        oid.StartsWith(CertificateClaims.Arc, StringComparison.Ordinal)
        && int.TryParse(oid.AsSpan(CertificateClaims.Arc.Length), out var number)
        && number is >= 1 and <= 24 and not 7
            ? number
            : null;

    private static string ReadClaim(int number, ReadOnlyMemory<byte> value)
    {
        if (number < 7)
        {
            return StrictUtf8.GetString(value.Span);
        }

        var reader = new AsnReader(value, AsnEncodingRules.DER);
        var text = reader.ReadCharacterString(UniversalTagNumber.UTF8String);
        reader.ThrowIfNotEmpty();
        return text;
    }

    private static KeyUsages ReadKeyUsage(AsnReader reader)
    {
        var bits = reader.ReadBitString(out _);
        var usage = KeyUsages.None;
        for (var bit = 0; bit < bits.Length * 8; bit++)
        {
            if ((bits[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                usage |= bit switch { 0 => KeyUsages.DigitalSignature, 5 => KeyUsages.KeyCertSign, 6 => KeyUsages.CrlSign, _ => KeyUsages.Other };
            }
        }

        return usage;
    }

    private static ImmutableArray<string> ReadOids(AsnReader reader)
    {
        var oids = ImmutableArray.CreateBuilder<string>();
        while (reader.HasData)
        {
            oids.Add(reader.ReadObjectIdentifier());
        }

        return oids.ToImmutable();
    }

    private static ImmutableArray<SubjectAlternativeName> ReadNames(AsnReader reader)
    {
        var names = ImmutableArray.CreateBuilder<SubjectAlternativeName>();
        while (reader.HasData)
        {
            names.Add(ReadName(reader));
        }

        return names.ToImmutable();
    }

    private static SubjectAlternativeName ReadName(AsnReader reader)
    {
        var tag = reader.PeekTag();
        if (tag.TagClass == TagClass.ContextSpecific)
        {
            switch (tag.TagValue)
            {
                case 0:
                    return ReadOtherName(reader.ReadSequence(tag));
                case 1:
                    return new SubjectAlternativeName(SubjectNameKind.Email, reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                case 6:
                    return new SubjectAlternativeName(SubjectNameKind.Uri, reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
            }
        }

        reader.ReadEncodedValue();
        return new SubjectAlternativeName(SubjectNameKind.Other, "");
    }

    private static SubjectAlternativeName ReadOtherName(AsnReader reader)
    {
        if (reader.ReadObjectIdentifier() != UserNameType)
        {
            return new SubjectAlternativeName(SubjectNameKind.Other, "");
        }

        var value = reader.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
        return new SubjectAlternativeName(SubjectNameKind.UserName, value.ReadCharacterString(UniversalTagNumber.UTF8String));
    }

    private static ImmutableArray<CertificateExtension> ReadExtensions(AsnReader tbs)
    {
        var tag = new Asn1Tag(TagClass.ContextSpecific, 3);
        if (!tbs.HasData || !tbs.PeekTag().HasSameClassAndValue(tag))
        {
            tbs.ThrowIfNotEmpty();
            return [];
        }

        var wrapper = tbs.ReadSequence(tag);
        tbs.ThrowIfNotEmpty();
        var list = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        var extensions = ImmutableArray.CreateBuilder<CertificateExtension>();
        var seen = new HashSet<string>();
        while (list.HasData)
        {
            var encoded = list.PeekEncodedValue();
            var extension = list.ReadSequence();
            var oid = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag() == Asn1Tag.Boolean && extension.ReadBoolean();
            extensions.Add(new CertificateExtension(oid, critical, extension.ReadOctetString(), encoded));
            extension.ThrowIfNotEmpty();
            if (!seen.Add(oid) || extensions.Count > MaximumExtensions)
            {
                throw new FormatException($"certificate: extension {oid} appears twice, or there are more than {MaximumExtensions}");
            }
        }

        return extensions.ToImmutable();
    }

    private static SignatureScheme ReadScheme(ReadOnlyMemory<byte> algorithm) =>
        SignatureAlgorithms.FromOid(new AsnReader(algorithm, AsnEncodingRules.DER).ReadSequence().ReadObjectIdentifier());

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag() == Asn1Tag.UtcTime ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();

    private static byte[] ReadBits(AsnReader reader, string what)
    {
        var bits = reader.ReadBitString(out var unused);
        return unused == 0 ? bits : throw new FormatException($"certificate: the {what} has unused bits");
    }
}
