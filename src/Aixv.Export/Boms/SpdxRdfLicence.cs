using System.Xml;

namespace Aixv.Export.Boms;

/// <summary>A canonical licence expression (<see cref="LicenceExpression"/>) as RDF: licences as links, AND and OR as sets, WITH as an operator.</summary>
internal sealed class SpdxRdfLicence(XmlWriter writer, string expression)
{
    private const string Licences = "http://spdx.org/licenses/";
    private readonly string[] tokens = expression.Replace("(", "( ", StringComparison.Ordinal).Replace(")", " )", StringComparison.Ordinal).Split(' ');
    private int at;

    public void Write(string property)
    {
        at = 0;
        var root = ReadAny("OR", "DisjunctiveLicenseSet", () => ReadAny("AND", "ConjunctiveLicenseSet", ReadOne));
        root.Write(writer, property);
    }

    private Part ReadAny(string word, string type, Func<Part> read)
    {
        var parts = new List<Part> { read() };
        while (at < tokens.Length && tokens[at] == word)
        {
            at++;
            parts.Add(read());
        }

        return parts.Count == 1 ? parts[0] : new Part(type, null, [.. parts.Select(p => ("member", p))]);
    }

    private Part ReadOne()
    {
        if (tokens[at] == "(")
        {
            at++;
            var inner = ReadAny("OR", "DisjunctiveLicenseSet", () => ReadAny("AND", "ConjunctiveLicenseSet", ReadOne));
            at++;
            return inner;
        }

        var token = tokens[at++];
        var licence = token[^1] == '+'
            ? new Part("OrLaterOperator", null, [("member", new Part(null, Licences + token[..^1], []))])
            : new Part(null, Licences + token, []);
        if (at < tokens.Length && tokens[at] == "WITH")
        {
            at++;
            var exception = new Part("LicenseException", Licences + tokens[at++], []);
            return new Part("WithExceptionOperator", null, [("member", licence), ("licenseException", exception)]);
        }

        return licence;
    }

    /// <summary>A node: a link without a type, or a typed one with members.</summary>
    private sealed record Part(string? Type, string? Uri, IReadOnlyList<(string Property, Part Value)> Members)
    {
        public void Write(XmlWriter writer, string property)
        {
            writer.WriteStartElement(property, SpdxRdfWriter.Terms);
            if (Type is null)
            {
                writer.WriteAttributeString("resource", SpdxRdfWriter.Rdf, Uri!);
            }
            else
            {
                writer.WriteStartElement(Type, SpdxRdfWriter.Terms);
                if (Uri is not null)
                {
                    writer.WriteAttributeString("about", SpdxRdfWriter.Rdf, Uri);
                }

                foreach (var (name, value) in Members)
                {
                    value.Write(writer, name);
                }

                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }
    }
}
