using System.Globalization;
using System.Xml;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Reports;
using Aixv.Protocol.Admission;
using XmlText = Aixv.Export.Formats.XmlText;

namespace Aixv.Export.Operations;

/// <summary>JUnit (Ant's XSD): a test case for each rule that the policy asks; a violation is a failure, a waived or unasked rule is skipped.</summary>
internal sealed class JunitExporter() : XmlExporter(
    new("junit-xml", "JUnit XML", "Ant", "application/xml", ".junit.xml", ExportCategory.Operation) { Needs = ExportNeeds.Decision })
{
    private sealed record Case(string Group, string Name, EvaluationNode Rule);

    protected override void WriteXml(Dossier dossier, XmlWriter writer)
    {
        var decision = dossier.Decision!.Decision;
        var cases = Cases(decision.Evaluation).ToList();
        writer.WriteStartElement("testsuites");
        writer.WriteStartElement("testsuite");
        Attributes(
            writer,
            ("package", "aixv"),
            ("id", "0"),
            ("name", "admission"),
            ("timestamp", decision.DecidedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
            ("hostname", "localhost"),
            ("tests", Number(cases.Count)),
            ("failures", Number(cases.Count(IsFailure))),
            ("errors", "0"),
            ("skipped", Number(cases.Count(c => !IsFailure(c) && IsSkipped(c)))),
            ("time", "0"));
        writer.WriteStartElement("properties");
        foreach (var (name, value) in Properties(dossier))
        {
            writer.WriteStartElement("property");
            Attributes(writer, ("name", name), ("value", value));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        cases.ForEach(test => WriteCase(writer, test, decision));
        Output(writer, "system-out", $"decision: {decision.Decision.ToWord()}");
        Output(writer, "system-err", "");
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static IEnumerable<(string Name, string Value)> Properties(Dossier dossier)
    {
        var decision = dossier.Decision!.Decision;
        yield return ("digest", dossier.Artifact.Digest.ToString());
        yield return ("artifact", dossier.Artifact.Name);
        yield return ("decision", decision.Decision.ToWord());
        yield return ("policy", decision.PolicyDigest.ToString());
        if (decision.PolicyId is { Length: > 0 } id)
        {
            yield return ("policy_id", id);
        }

        if (EvidencePointer.Of(dossier) is { } evidence)
        {
            yield return ("bundle_sha256", evidence.Digest.Hex);
            if (evidence is { Log: { } log, LogIndex: { } index })
            {
                yield return ("log", log);
                yield return ("log_index", index.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>The leaves of the evaluation, and what failed or was violated above them.</summary>
    private static IEnumerable<Case> Cases(EvaluationNode root)
    {
        foreach (var rule in root.Children)
        {
            if (rule.Children.IsEmpty || !rule.Violations.IsEmpty)
            {
                yield return new Case("admission", rule.Rule, rule with { Children = [] });
            }

            foreach (var part in rule.Children.SelectMany(Leaves))
            {
                yield return new Case(rule.Rule, part.Rule, part);
            }
        }
    }

    private static IEnumerable<EvaluationNode> Leaves(EvaluationNode rule) => rule.Children.IsEmpty
        ? [rule]
        : [.. rule.Violations.IsEmpty ? (EvaluationNode[])[] : [rule with { Children = [] }], .. rule.Children.SelectMany(Leaves)];

    private static bool IsFailure(Case test) => test.Rule.Outcome == RuleOutcome.Failed;

    private static bool IsSkipped(Case test) => test.Rule.Outcome is RuleOutcome.NotAsked or RuleOutcome.Ignored or RuleOutcome.Waived;

    private static void WriteCase(XmlWriter writer, Case test, AdmissionDecision decision)
    {
        writer.WriteStartElement("testcase");
        Attributes(writer, ("name", ShownText.Of(test.Name, 400)), ("classname", $"aixv.{ShownText.Of(test.Group, 200)}"), ("time", "0"));
        if (IsFailure(test))
        {
            var violation = test.Rule.Violations.FirstOrDefault(v => !decision.Waived.ContainsKey(v)) ?? test.Rule.Violations.FirstOrDefault();
            writer.WriteStartElement("failure");
            Attributes(writer, ("message", violation?.Message ?? test.Rule.Detail), ("type", violation?.Code.ToCode() ?? "failed"));
            writer.WriteString(XmlText.Clean(string.Join('\n', test.Rule.Violations.Select(v => $"{v.Message}\n{v.Remedy}\n({v.Field})"))));
            writer.WriteEndElement();
        }
        else if (IsSkipped(test))
        {
            writer.WriteStartElement("skipped");
            Attributes(writer, ("message", test.Rule.Detail));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void Output(XmlWriter writer, string name, string text)
    {
        writer.WriteStartElement(name);
        writer.WriteString(XmlText.Clean(text));
        writer.WriteEndElement();
    }

    private static void Attributes(XmlWriter writer, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            writer.WriteAttributeString(name, XmlText.Clean(value));
        }
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Xml?.Root is { } root && (root.Name == "testsuites" || (root.Name == "testsuite" && root.Attribute("name") is not null));
    }

    /// <summary>Counters that count.</summary>
    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        foreach (var suite in document.Xml!.Root!.DescendantsAndSelf("testsuite"))
        {
            var tests = suite.Elements("testcase").ToList();
            foreach (var (name, count) in new[] { ("tests", tests.Count), ("failures", tests.Count(t => t.Element("failure") is not null)), ("errors", tests.Count(t => t.Element("error") is not null)) })
            {
                if (!suite.Elements("testsuite").Any() && suite.Attribute(name) is { } stated && (!int.TryParse(stated.Value, CultureInfo.InvariantCulture, out var number) || number != count))
                {
                    yield return $"testsuite: {name} is {stated.Value}, and there are {count}";
                }
            }

            foreach (var test in tests.Where(t => t.Attribute("name") is null))
            {
                yield return "testcase: a name is required";
            }
        }
    }
}
