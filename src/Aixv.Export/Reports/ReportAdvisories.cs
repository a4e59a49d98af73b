using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Reports;

/// <summary>The advisories that come to the artifact, each with the way it takes.</summary>
internal static class ReportAdvisories
{
    public static void Write(HtmlWriter page, Dossier dossier)
    {
        if (dossier.Advisories.IsEmpty)
        {
            return;
        }

        var names = dossier.Lineage.Nodes
            .Where(node => dossier.Advisories.Any(a => a.Path.Any(step => step.FromKey == node.Key || step.ToKey == node.Key)))
            .ToDictionary(node => node.Key, node => node.Label, StringComparer.Ordinal);
        page.Section("advisories", "Recalls and advisories", null, () =>
        {
            page.Begin("ol", ("class", "items"));
            foreach (var advisory in dossier.Advisories.OrderByDescending(a => a.IsRecall).ThenByDescending(a => a.Advisory.Severity))
            {
                WriteAdvisory(page, advisory, names);
            }

            page.End();
        });
    }

    private static void WriteAdvisory(HtmlWriter page, AdvisoryFacts facts, Dictionary<string, string> names)
    {
        var advisory = facts.Advisory;
        page.Begin("li").Begin("p").Begin("strong").Name(advisory.Id, 80).End().Text(" ");
        page.Element("span", facts.IsRecall ? "recall in force" : advisory.Status.ToWord(), ("class", facts.IsRecall ? "tag recalled" : "tag"));
        page.Text($" {advisory.Severity.ToWord()} severity · ").Name(advisory.ReasonCode, 120).End();
        page.Begin("p", ("class", "soft"));
        page.Text(facts.Signer is null ? "Signed by nobody, verifiably" : "Signed by ");
        if (facts.Signer is { } signer)
        {
            page.Name(signer.Subject, 160);
        }

        page.Text(facts.IsTrusted ? ", whose advisories count here" : ", whose advisories do not count here");
        if (facts.LastSeen is { } seen)
        {
            page.Text("; ").Time(seen);
        }

        page.Text(".");
        page.Text(facts.IsCertain ? "" : " A step of the way is not attested by a trusted signer.").End();
        WritePath(page, facts, names);
        foreach (var action in advisory.RecommendedActions)
        {
            page.Begin("p", ("class", "remedy")).Shown(action, 400).End();
        }

        page.End();
    }

    private static void WritePath(HtmlWriter page, AdvisoryFacts facts, Dictionary<string, string> names)
    {
        if (facts.IsDirect)
        {
            page.Element("p", "It names this very artifact.");
            return;
        }

        string Label(string key) => names.GetValueOrDefault(key, key);
        page.Begin("ol", ("class", "path"), ("aria-label", "How the recall comes to this artifact"));
        page.Begin("li", ("class", "first")).Name(Label(facts.Path[0].FromKey), 60).End();
        foreach (var step in facts.Path)
        {
            page.Begin("li").Begin("i").Text("→ ").Shown(step.Relation.Replace('_', ' '), 40).Text(" ").End().Name(Label(step.ToKey), 60).End();
        }

        page.End();
    }
}
