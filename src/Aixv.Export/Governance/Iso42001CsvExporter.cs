using System.Globalization;
using Aixv.Export.Assessments;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Graphs;

namespace Aixv.Export.Governance;

/// <summary>The assessment of ISO/IEC 42001 as RFC 4180 CSV: one line for each control.</summary>
internal sealed class Iso42001CsvExporter() : TextExporter(
    new("iso-42001-csv", Iso42001.Value.Name, Iso42001.Value.Version, "text/csv", ".iso-42001.csv", ExportCategory.Governance))
{
    private const string Header = "control,status,reason,evidence_type,evidence_digest,evidence_uri";

    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        writer.Write(Header);
        writer.Write("\r\n");
        foreach (var item in Assessment.Of(Iso42001.Value, dossier).Items)
        {
            // Several pieces of evidence of one control stand in one cell: a line is a control.
            string[] cells =
            [
                item.Item.Id,
                Assessment.WordOf(item.Status),
                item.Reason,
                string.Join("; ", item.Evidence.Select(e => e.Type)),
                string.Join("; ", item.Evidence.Select(e => e.Digest ?? "none")),
                string.Join("; ", item.Evidence.Select(e => e.Uri ?? "none")),
            ];
            writer.Write(string.Join(',', cells.Select(EdgesCsvExporter.Cell)));
            writer.Write("\r\n");
        }
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text?.StartsWith(Header, StringComparison.Ordinal) == true;
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return FaultsOf(document.Text!);
    }

    private static IEnumerable<string> FaultsOf(string text)
    {
        var line = 0;
        foreach (var record in CsvRecords.Read(text))
        {
            line++;
            if (record.Count != 6)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"record {line}: 6 fields are expected, found {record.Count}");
            }
            else if (line > 1 && record[1] is not ("met" or "partly" or "gap" or "not-applicable"))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"record {line}: the status must be met, partly, gap or not-applicable");
            }
        }
    }
}
