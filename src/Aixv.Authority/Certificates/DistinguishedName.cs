using System.Formats.Asn1;

namespace Aixv.Authority.Certificates;

/// <summary>An X.501 name of organization and common name, or the empty name.</summary>
internal sealed record DistinguishedName(string? Organization, string? CommonName)
{
    public static DistinguishedName Empty { get; } = new(null, null);

    /// <summary>Reads back a name that <see cref="Write"/> wrote.</summary>
    /// <exception cref="AsnContentException">Not such a name.</exception>
    public static DistinguishedName Read(ReadOnlyMemory<byte> der)
    {
        var parts = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        var name = Empty;
        while (parts.HasData)
        {
            var part = parts.ReadSetOf().ReadSequence();
            var oid = part.ReadObjectIdentifier();
            var value = part.ReadCharacterString(UniversalTagNumber.UTF8String);
            name = oid == Oids.Organization ? name with { Organization = value } : name with { CommonName = value };
        }

        return name;
    }

    public void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            WritePart(writer, Oids.Organization, Organization);
            WritePart(writer, Oids.CommonName, CommonName);
        }
    }

    private static void WritePart(AsnWriter writer, string oid, string? value)
    {
        if (value is null)
        {
            return;
        }

        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, value);
        }
    }
}
