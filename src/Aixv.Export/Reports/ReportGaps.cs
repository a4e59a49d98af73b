using Aixv.Export.Dossiers;

namespace Aixv.Export.Reports;

/// <summary>What is missing, and how to get it.</summary>
internal static class ReportGaps
{
    public static void Write(HtmlWriter page, Dossier dossier)
    {
        var gaps = Gaps.Of(dossier);
        page.Section("gaps", "Gaps", gaps.Count == 0 ? "Nothing that is known here is missing for the next tier of evidence." : "What is not known or not proven, and what would close it.", () =>
        {
            if (gaps.Count == 0)
            {
                return;
            }

            page.Begin("ol", ("class", "items"));
            foreach (var gap in gaps)
            {
                page.Begin("li").Begin("p").Shown(gap.What, 700).End().Begin("p", ("class", "remedy soft")).Shown(gap.Remedy, 400).End().End();
            }

            page.End();
        });
    }
}
