using System.Buffers;
using System.Globalization;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Graphs;

/// <summary>The edges of the lineage as RFC 4180 CSV: one line for each, from what was made to what it was made from. Streamed.</summary>
internal sealed class EdgesCsvExporter() : TextExporter(new("edges-csv", "CSV", "RFC 4180", "text/csv", ".edges.csv", ExportCategory.Graph))
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    private const string Header = "source_digest,relation,target_digest,uri,split,attested,log_index";

    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        writer.Write(Header);
        writer.Write("\r\n");
        foreach (var edge in dossier.Lineage.Edges)
        {
            Write(writer, edge.ChildKey, ',');
            Write(writer, edge.RelationName, ',');
            Write(writer, edge.ParentDigest is null ? "" : edge.ParentKey, ',');
            Write(writer, edge.ParentUri ?? (edge.ParentDigest is null ? edge.ParentKey : ""), ',');
            Write(writer, edge.Split ?? "", ',');
            Write(writer, edge.IsAttested ? "true" : "false", ',');
            Write(writer, edge.LogEntry?.Index.ToString(CultureInfo.InvariantCulture) ?? "", '\r');
            writer.Write('\n');
        }
    }

    private static void Write(TextWriter writer, string cell, char end)
    {
        writer.Write(Cell(cell));
        writer.Write(end);
    }

    /// <summary>A quoted cell where RFC 4180 asks for quotes; a leading apostrophe keeps a spreadsheet from computing what begins like a formula.</summary>
    internal static string Cell(string text)
    {
        var safe = text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    public override bool Recognizes(DocumentProbe document) => document.Text?.StartsWith(Header, StringComparison.Ordinal) == true;

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        var line = 1;
        foreach (var record in CsvRecords.Read(document.Text!))
        {
            if (record.Count != 7)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"record {line}: 7 fields are expected, found {record.Count}");
            }

            line++;
        }
    }
}
