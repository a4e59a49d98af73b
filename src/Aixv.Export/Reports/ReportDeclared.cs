using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Reports;

/// <summary>What the publisher only says, beside what the evidence proves.</summary>
internal static class ReportDeclared
{
    public static void Write(HtmlWriter page, Dossier dossier)
    {
        if (dossier.Declared.IsEmpty)
        {
            return;
        }

        page.Section("declared", "Declared, not proven", "The publisher's word: no signature that was verified here stands behind it.", () =>
        {
            page.Begin("dl", ("class", "pairs"));
            foreach (var (term, text) in Words(dossier.Declared))
            {
                page.Fact(term, text, value => page.Link(value));
            }

            page.End();
            foreach (var dataset in dossier.Declared.Datasets)
            {
                WriteDataset(page, dataset);
            }
        });
    }

    private static IEnumerable<(string Term, string? Text)> Words(DeclaredFacts declared) =>
    [
        ("supplier", Party(declared.Supplier)),
        ("authors", declared.Authors.IsEmpty ? null : string.Join("; ", declared.Authors.Select(Party))),
        ("licence", declared.Licence),
        ("description", declared.Description),
        ("released", declared.ReleasedAt?.ToDate()),
        ("homepage", declared.Homepage),
        ("download", declared.DownloadLocation),
        ("task", declared.Task),
        ("architecture", string.Join(", ", new[] { declared.ArchitectureFamily, declared.Architecture }.OfType<string>()) is { Length: > 0 } architecture ? architecture : null),
        ("library", declared.Library),
        ("format", string.Join(", ", new[] { declared.Format, declared.Precision, declared.ParameterSize }.OfType<string>()) is { Length: > 0 } format ? format : null),
        ("languages", declared.Languages.IsEmpty ? null : string.Join(", ", declared.Languages)),
        ("intended use", declared.IntendedUse),
        ("limitations", declared.Limitations),
    ];

    private static string? Party(DeclaredParty? party) => party is null ? null : party.Url is null ? party.Name : $"{party.Name} ({party.Url})";

    private static void WriteDataset(HtmlWriter page, DeclaredDataset dataset)
    {
        page.Begin("h3").Text("Dataset ").Name(dataset.Name ?? dataset.Uri ?? dataset.Digest?.ToString() ?? "without a name", 120).End();
        page.Begin("dl", ("class", "pairs"));
        page.Fact("description", dataset.Description);
        page.Fact("licence", dataset.Licence);
        page.Fact("creator", Party(dataset.Creator));
        page.Fact("page", dataset.Url, value => page.Link(value));
        page.Fact("published", dataset.PublishedAt?.ToDate());
        page.Fact("collected", dataset.CollectedAt?.ToDate());
        page.End();
    }
}
