using System.Formats.Asn1;
using Aixv.Authority.Certificates;
using Aixv.Authority.Hosting;

namespace Aixv.Authority.Issuance;

/// <summary>The one subject alternative name of a leaf certificate.</summary>
internal abstract record SubjectName
{
    private const int MaximumLength = 2048;
    private readonly string value;

    private protected SubjectName(string value)
    {
        this.value = value.Length <= MaximumLength && !value.Any(char.IsControl)
            ? value
            : throw ApiError.Forbidden($"the identity in the token is longer than {MaximumLength} characters or holds control characters");
    }

    public string Value => value;

    /// <summary>The critical extension (the certificate's subject is empty, RFC 5280 §4.2.1.6).</summary>
    public CertificateExtension ToExtension()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            WriteGeneralName(writer);
        }

        return new(Oids.SubjectAlternativeName, Critical: true, writer.Encode());
    }

    private protected abstract void WriteGeneralName(AsnWriter writer);

    private protected static string RequireAscii(string text) => text.All(char.IsAscii)
        ? text
        : throw ApiError.Forbidden("the identity in the token has characters outside ASCII, which this kind of name cannot hold");
}

/// <summary>rfc822Name.</summary>
internal sealed record EmailSubjectName(string Address) : SubjectName(RequireAscii(Address))
{
    private protected override void WriteGeneralName(AsnWriter writer) =>
        writer.WriteCharacterString(UniversalTagNumber.IA5String, Value, new Asn1Tag(TagClass.ContextSpecific, 1));
}

/// <summary>uniformResourceIdentifier.</summary>
internal sealed record UriSubjectName(string Uri) : SubjectName(RequireAscii(Uri))
{
    private protected override void WriteGeneralName(AsnWriter writer) =>
        writer.WriteCharacterString(UniversalTagNumber.IA5String, Value, new Asn1Tag(TagClass.ContextSpecific, 6));
}

/// <summary>otherName of Fulcio's type .1.7: <c>name!host</c> as UTF-8.</summary>
internal sealed record UserSubjectName(string Name, string Host) : SubjectName($"{Name}!{Host}")
{
    private protected override void WriteGeneralName(AsnWriter writer)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            writer.WriteObjectIdentifier($"{Oids.Fulcio}.7");
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                writer.WriteCharacterString(UniversalTagNumber.UTF8String, Value);
            }
        }
    }
}
