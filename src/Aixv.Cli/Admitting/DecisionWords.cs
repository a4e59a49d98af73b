using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Protocol.Admission;

namespace Aixv.Cli.Admitting;

/// <summary>How commands tell a decision, in JSON and in words.</summary>
internal static class DecisionWords
{
    /// <summary>The members that <c>verify</c> documents (aixv-protocol §5), and each violation with code, field and remedy.</summary>
    public static void Write(JsonObject json, AdmissionDecision decision, bool explain)
    {
        json["policy_violations"] = new JsonArray([.. decision.Messages.Select(message => (JsonNode)message)]);
        json["admission_decision"] = Kebab.Of(decision.Decision);
        json["admission_evidence"] = decision.Summary.DeepClone();
        var whole = decision.ToJson();
        json["violations"] = whole["violations"]!.DeepClone();
        json["decided_at"] = whole["decided_at"]!.DeepClone();
        json["ignored_waivers"] = new JsonArray([.. IgnoredWaivers(decision).Select(waiver => (JsonNode)waiver)]);
        if (explain)
        {
            json["evaluation"] = decision.Evaluation.ToJson();
        }
    }

    /// <summary>Null when admitted.</summary>
    public static string? Error(AdmissionDecision decision) => decision.IsAdmitted ? null : $"admission denied: {string.Join("; ", decision.Messages)}";

    public static void Describe(Report report, AdmissionDecision decision, bool explain)
    {
        report.Row("decision", Kebab.Of(decision.Decision));
        foreach (var violation in decision.Violations)
        {
            var waiver = decision.Waived.GetValueOrDefault(violation);
            report.Check(waiver is not null, violation.Code.ToCode(), waiver is null ? violation.Message : $"{violation.Message} (accepted by waiver {waiver})");
            if (waiver is null)
            {
                report.Row("", $"asked by {violation.Field}; {violation.Remedy}");
            }
        }

        foreach (var waiver in decision.IsAdmitted || explain ? [] : IgnoredWaivers(decision))
        {
            report.Row("not waived", waiver);
        }

        if (explain)
        {
            Tree(decision.Evaluation, report.HasSymbols).Describe(report, "  ");
        }
    }

    /// <summary>The waivers that were found and do not count, with the reason: whoever relies on one should not have to guess.</summary>
    private static IEnumerable<string> IgnoredWaivers(AdmissionDecision decision) => decision.Evaluation.Children
        .SelectMany(rule => rule.Children)
        .Where(node => node.Outcome == RuleOutcome.Ignored && node.Rule.StartsWith("waiver ", StringComparison.Ordinal))
        .Select(node => $"{node.Rule}: {node.Detail}");

    public static TreeNode Tree(EvaluationNode node, bool symbols) => new(
        $"{Mark(node.Outcome, symbols)} {node.Rule}: {node.Detail}", [.. node.Children.Select(child => Tree(child, symbols))]);

    private static string Mark(RuleOutcome outcome, bool symbols) => outcome switch
    {
        RuleOutcome.Passed => symbols ? "✓" : "[ok]",
        RuleOutcome.Failed => symbols ? "✗" : "[no]",
        RuleOutcome.Waived => "[waived]",
        RuleOutcome.NotAsked => "[not asked]",
        RuleOutcome.Ignored => "[ignored]",
    };
}
