using System.Text;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Graphs;

/// <summary>PROV-N (W3C Recommendation 2013-04-30). Streamed.</summary>
internal sealed class ProvNExporter() : TextExporter(new("prov-n", "W3C PROV-N", "2013-04-30", "text/provenance-notation", ".provn", ExportCategory.Graph))
{
    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        var lineage = new ProvLineage(dossier);
        writer.WriteLine("document");
        foreach (var (prefix, uri) in ProvLineage.Prefixes)
        {
            writer.WriteLine($"  prefix {prefix} <{uri}>");
        }

        writer.WriteLine();
        foreach (var kind in Enum.GetValues<ProvKind>())
        {
            foreach (var record in lineage.Records(kind))
            {
                Write(writer, record, "  ");
            }
        }

        foreach (var (id, records) in lineage.Bundles())
        {
            writer.WriteLine($"  bundle {id}");
            foreach (var record in records)
            {
                Write(writer, record, "    ");
            }

            writer.WriteLine("  endBundle");
        }

        writer.WriteLine("endDocument");
    }

    private static void Write(TextWriter writer, ProvRecord record, string indent)
    {
        writer.Write($"{indent}{ProvNames.Relation(record.Kind)}(");
        var terms = new List<string>();
        if (record.Id is { } id)
        {
            terms.Add(id);
        }

        terms.AddRange(record.Ends.Select(end => end ?? "-"));
        switch (record.Kind)
        {
            case ProvKind.Generation or ProvKind.Usage:
                terms.Add(record.Time?.ToRfc3339() ?? "-");
                break;
            case ProvKind.Activity:
                terms.Add(record.Time?.ToRfc3339() ?? "-");
                terms.Add(record.End?.ToRfc3339() ?? "-");
                break;
        }

        if (record.Attributes.Count > 0)
        {
            terms.Add($"[{string.Join(", ", record.Attributes.Select(a => $"{a.Name}={Literal(a)}"))}]");
        }

        writer.Write(string.Join(", ", terms));
        writer.WriteLine(")");
    }

    private static string Literal(ProvAttribute attribute) => attribute.Type switch
    {
        ProvValueType.QualifiedName => $"'{attribute.Value}'",
        ProvValueType.Text => Quoted(attribute.Value),
        _ => $"{Quoted(attribute.Value)} %% {ProvNames.DataType(attribute.Type)}",
    };

    /// <summary>A string of Turtle and PROV-N: quotes, backslashes and everything invisible is escaped; what xsd:string cannot hold is U+FFFD.</summary>
    internal static string Quoted(string text)
    {
        var result = new StringBuilder("\"", text.Length + 2);
        foreach (var rune in XmlText.Clean(text).EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append("\\\\"),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                _ when Reports.ShownText.IsInvisible(rune) => result.Append(rune.IsBmp ? $"\\u{rune.Value:X4}" : $"\\U{rune.Value:X8}"),
                _ => result.Append(rune.ToString()),
            };
        }

        return result.Append('"').ToString();
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text is { } text && ProvNReading.IsDocument(text);
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return ProvNReading.Faults(document.Text!);
    }
}
