using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;

namespace Aixv.Export.Reports;

/// <summary>Why the decision is what it is: what stands against the artifact with what to do, and every rule that was asked.</summary>
internal static class ReportReasons
{
    public static void Write(HtmlWriter page, Dossier dossier)
    {
        if (dossier.Decision?.Decision is not { } decision)
        {
            return;
        }

        page.Section("why", "Why", null, () =>
        {
            if (!decision.Violations.IsEmpty)
            {
                page.Begin("ol", ("class", "items"));
                foreach (var violation in decision.Violations)
                {
                    WriteViolation(page, violation, decision.Waived.GetValueOrDefault(violation));
                }

                page.End().Element("h3", "Every rule that was asked");
            }

            page.Begin("ul", ("class", "checks"));
            foreach (var rule in decision.Evaluation.Children)
            {
                WriteRule(page, rule);
            }

            page.End();
        });
    }

    private static void WriteViolation(HtmlWriter page, Violation violation, string? waiver)
    {
        page.Begin("li").Begin("p");
        page.Begin("strong", ("class", waiver is null ? "bad" : null)).Shown(violation.Message, 600).End().End();
        page.Begin("p", ("class", "remedy")).Shown(violation.Remedy, 600).End();
        page.Begin("p", ("class", "soft")).Code(violation.Code.ToCode()).Text(", asked by ").Code(violation.Field);
        if (waiver is not null)
        {
            page.Text("; accepted by the waiver ").Name(waiver, 80);
        }

        page.End().End();
    }

    private static void WriteRule(HtmlWriter page, EvaluationNode rule)
    {
        var (mark, word) = rule.Outcome switch
        {
            RuleOutcome.Passed => ("✓", "passed"),
            RuleOutcome.Failed => ("✕", "failed"),
            RuleOutcome.Waived => ("!", "waived"),
            RuleOutcome.NotAsked => ("–", "not asked"),
            RuleOutcome.Ignored => ("·", "ignored"),
        };
        page.Begin("li");
        page.Element("span", mark, ("class", rule.Outcome == RuleOutcome.Failed ? "mark bad" : "mark"), ("aria-hidden", "true"));
        page.Begin("b").Shown(rule.Rule, 80).End();
        page.Text($" {word}: ").Begin("span", ("class", "soft")).Name(rule.Detail, 400).End();
        if (!rule.Children.IsEmpty)
        {
            page.Begin("ul");
            foreach (var child in rule.Children)
            {
                WriteRule(page, child);
            }

            page.End();
        }

        page.End();
    }
}
