using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Aixv.Cli.Output;
using Aixv.Sigstore.Json;

namespace Aixv.Cli.Conformance;

/// <summary>What <c>aixv conformance</c> answers (<c>aixv.conformance-report/v1</c>, docs/conformance.md).</summary>
/// <param name="Version">Of the vectors, which is that of the program that ships them.</param>
/// <param name="GeneratedAt">When.</param>
/// <param name="Target">What was run.</param>
/// <param name="Checks">In the order of the data files.</param>
internal sealed record ConformanceReport(string Version, DateTimeOffset GeneratedAt, string Target, ImmutableArray<CheckResult> Checks) : IOutcome
{
    public const string Schema = "aixv.conformance-report/v1";

    private int Failed => Checks.Count(check => !check.Passed);

    private bool Passed => Failed == 0;

    public int ExitCode => Passed ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    public JsonObject ToJson() => new()
    {
        ["ok"] = Passed,
        ["schema"] = Schema,
        ["version"] = Version,
        ["generated_at"] = Rfc3339.Format(GeneratedAt),
        ["target"] = Target,
        ["overall_status"] = Passed ? "pass" : "fail",
        ["check_count"] = Checks.Length,
        ["failed_count"] = Failed,
        ["checks"] = new JsonArray([.. Checks.Select(check => check.ToJson())]),
    };

    /// <summary>The report as JUnit XML, one suite for each group.</summary>
    public XDocument ToJUnit() => new(new XElement(
        "testsuites",
        new XAttribute("name", Schema),
        new XAttribute("tests", Checks.Length),
        new XAttribute("failures", Failed),
        Checks.GroupBy(check => check.Vector.Group).Select(ToSuite)));

    private static XElement ToSuite(IGrouping<string, CheckResult> group) => new(
        "testsuite",
        new XAttribute("name", group.Key),
        new XAttribute("tests", group.Count()),
        new XAttribute("failures", group.Count(check => !check.Passed)),
        group.Select(check => new XElement(
            "testcase",
            new XAttribute("classname", group.Key),
            new XAttribute("name", check.Vector.Id),
            new XAttribute("time", check.Duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture)),
            check.Passed ? null : new XElement("failure", new XAttribute("message", Printable(check.Differences[0])), Printable(check.Error!)))));

    /// <summary>XML has no place for most control characters.</summary>
    private static string Printable(string text) => string.Concat(text.Select(unit => unit is >= ' ' and < (char)0xd800 or '\n' or '\t' ? unit : '?'));

    public void Describe(Report report)
    {
        report.Title(Passed, string.Create(CultureInfo.InvariantCulture, $"{Target}: {Checks.Length - Failed} of {Checks.Length} checks pass"));
        foreach (var group in Checks.GroupBy(check => check.Vector.Group))
        {
            report.Row(group.Key, string.Create(CultureInfo.InvariantCulture, $"{group.Count(check => check.Passed)} of {group.Count()}"));
        }

        foreach (var check in Checks.Where(check => !check.Passed))
        {
            report.Check(passed: false, check.Vector.Id, $"{check.Vector.About}: {check.Error}");
        }
    }
}
