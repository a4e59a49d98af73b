using System.Globalization;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Reports;

/// <summary>What the artifact was made from and what was made from it: a picture, and the direct parents and datasets as a table.</summary>
internal static class ReportLineage
{
    /// <summary>More rows than this are counted only.</summary>
    private const int MaximumRows = 50;

    public static void Write(HtmlWriter page, Dossier dossier, LineagePicture picture) => page.Section("lineage", "Lineage", null, () =>
    {
        page.Element("p", Lead(dossier, picture), ("class", "lead"));
        if (picture.Boxes.Count > 1)
        {
            page.Begin("figure").Begin("div", ("class", "scroll"));
            PictureSvg.Write(page, picture);
            page.End();
            WriteLegend(page, picture);
            page.End();
        }

        if (dossier.Parents is { Length: > 0 } parents)
        {
            page.Element("h3", "Parent models");
            WriteReferences(page, parents, ["Parent", "Relation", "Evidence"], reference => reference.Relation);
        }

        if (dossier.Datasets is { Length: > 0 } datasets)
        {
            page.Element("h3", "Datasets");
            WriteReferences(page, datasets, ["Dataset", "Split", "Evidence"], reference => reference.Split);
        }
    });

    private static string Lead(Dossier dossier, LineagePicture picture)
    {
        var parents = dossier.Parents switch
        {
            null => "Its parents are not known.",
            { Length: 0 } => "Its training claim says that it was trained from scratch.",
            { Length: 1 } => "Its training claim names one parent model.",
            { Length: var count } => string.Create(CultureInfo.InvariantCulture, $"Its training claim names {count:N0} parent models."),
        };
        var recalled = picture.Recalled switch
        {
            0 => "",
            1 => " One node is recalled.",
            _ => $" {Counts.Of(picture.Recalled, "node")} are recalled.",
        };
        var signed = dossier.Training is { Bundle: null } ? " That claim is not signed." : "";
        return $"{parents}{signed} Known in all: {Counts.Of(picture.Ancestors, "ancestor")}, {Counts.Of(picture.Datasets, "dataset")}, {Counts.Of(picture.Descendants, "descendant")}.{recalled}";
    }

    private static void WriteLegend(HtmlWriter page, LineagePicture picture)
    {
        page.Begin("figcaption", ("class", "legend"));
        page.Element("span", "Read from left to right.");
        foreach (var (tier, words) in new[] { (EvidenceTier.Attested, "a verified signature"), (EvidenceTier.Identified, "a digest"), (EvidenceTier.Described, "a name or address") })
        {
            page.Begin("span");
            ReportVerdict.WriteTier(page, tier);
            page.Text($" {words}").End();
        }

        page.Begin("span").Element("span", "recalled", ("class", "tag recalled")).End();
        page.Element("span", "Round: dataset. Broken arrow: claimed without a verified signature.");
        if (picture.IsCollapsed)
        {
            page.Element("span", "Crowded layers show what matters most, and count the rest.");
        }

        page.End();
    }

    private static void WriteReferences(HtmlWriter page, IReadOnlyCollection<ReferenceFacts> references, string[] head, Func<ReferenceFacts, string?> detail)
    {
        page.Table(head, () =>
        {
            foreach (var reference in references.Take(MaximumRows))
            {
                page.Row(
                    cell => WriteReference(cell, reference),
                    cell => cell.Name(detail(reference) ?? "not stated", 60),
                    cell =>
                    {
                        ReportVerdict.WriteTier(cell, reference.Tier);
                        if (!reference.RecalledBy.IsEmpty)
                        {
                            cell.Text(" ").Element("span", "recalled", ("class", "tag recalled")).Text(" ").Name(string.Join(", ", reference.RecalledBy), 120);
                        }
                    });
            }
        });
        if (references.Count > MaximumRows)
        {
            page.Element("p", string.Create(CultureInfo.InvariantCulture, $"and {references.Count - MaximumRows:N0} more"), ("class", "soft"));
        }
    }

    private static void WriteReference(HtmlWriter page, ReferenceFacts reference)
    {
        page.Begin("strong").Name(reference.Label, 120).End();
        page.Begin("span", ("class", "id"));
        if (reference.Digest is { } digest && reference.Label != digest.ToString())
        {
            page.Code(digest);
        }

        if (reference.Uri is { } uri && uri != reference.Label)
        {
            page.Void("br");
            page.Link(uri);
        }

        page.End();
    }
}
