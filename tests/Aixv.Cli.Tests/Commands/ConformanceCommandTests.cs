using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Aixv.Cli.Tests.Commands;

public sealed class ConformanceCommandTests : IDisposable
{
    private readonly CliFolder folder = new() { Time = new FixedTime(RecordFolder.Now) };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task This_program_passes_its_vectors_and_says_so_in_three_forms()
    {
        var json = (await folder.RunAsync("conformance", "--output", "report.json", "--junit", "report.xml", "--json")).Exits(0).Json;
        Assert.Equal("aixv.conformance-report/v1", (string?)json["schema"]);
        Assert.Equal("pass", (string?)json["overall_status"]);
        Assert.Equal("2026-06-01T12:00:00Z", (string?)json["generated_at"]);
        Assert.True((bool?)json["ok"]);
        var checks = json["checks"]!.AsArray();
        Assert.True(checks.Count >= 150, $"{checks.Count} checks");
        Assert.Equal("pass", (string?)checks[0]!["status"]);
        Assert.Null(checks[0]!["error"]);
        var ids = checks.Select(check => (string)check!["check_id"]!).ToHashSet();
        Assert.Equal(checks.Count, ids.Count);
        string[] known =
            [
                "fixtures.exist.v1", "policy.fixture.valid.v1", "policy.fixture.invalid.v1", "record.fixture.policy.v1", "policy.unknown-field.reject.v1",
                "policy.advisory-trust.subject-fallback.v1", "advisory.signed-policy.filtering.v1", "bundle.schema.validation.v1", "advisory.sync.replay-freshness.v1",
                "crypto.invalid-bundle.artifact.reject.v1", "crypto.invalid-bundle.statement.reject.v1",
            ];
        Assert.All(known, id => Assert.Contains(id, ids));
        Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse(folder.Read("report.json"))));
        var suites = XDocument.Parse(folder.Read("report.xml")).Root!;
        Assert.Equal(checks.Count, suites.Descendants("testcase").Count());
        Assert.Equal("0", suites.Attribute("failures")!.Value);
    }

    [Fact]
    public async Task Where_a_report_cannot_be_written_nothing_is_run() =>
        Assert.Contains("output folder not found: none", (await folder.RunAsync("conformance", "--junit", "none/report.xml")).Exits(1).Error);

    [Fact]
    public async Task A_target_that_does_not_start_is_an_error() =>
        Assert.Contains("target does not start: no-such-program-of-that-name", (await folder.RunAsync("conformance", "--target", "no-such-program-of-that-name")).Exits(1).Error);
}
