using Aixv.Cli.Conformance;

namespace Aixv.Cli.Tests.Conformance;

public sealed class ConformanceRunTests : IDisposable
{
    private readonly CliFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Task<ConformanceReport> RunAsync(IConformanceTarget target, IEnumerable<Cli.Conformance.Vector> vectors) =>
        ConformanceRun.RunAsync(folder.CreateApp(TextWriter.Null, TextWriter.Null, CancellationToken.None), target, vectors, TestContext.Current.CancellationToken);

    /// <summary>A check that nothing can fail is none.</summary>
    [Fact]
    public async Task Every_vector_fails_for_a_program_that_accepts_all_or_for_one_that_refuses_all()
    {
        var vectors = VectorGroups.All();
        var accepting = await RunAsync(new Liar(0, """{"ok": true}"""), vectors);
        var refusing = await RunAsync(new Liar(1, """{"ok": false, "error": "no", "command": "x"}"""), vectors);
        var passing = accepting.Checks.Zip(refusing.Checks).Where(pair => pair.First.Passed && pair.Second.Passed).Select(pair => pair.First.Vector.Id);
        Assert.Empty(passing);
        Assert.All(vectors.OfType<CommandVector>().Where(vector => vector.ExitCode != 0), vector => Assert.Contains(accepting.Checks, check => check.Vector.Id == vector.Id && !check.Passed));
    }

    [Fact]
    public async Task A_failure_says_what_was_expected()
    {
        var report = await RunAsync(new Liar(0, """{"ok": true}"""), VectorGroups.All().Where(vector => vector.Id == "policy.fixture.invalid.v1"));
        Assert.Equal("exit code 0, expected 1: {\"ok\": true}; ok is true, expected false; error is null, expected to contain max_bundle_age_days", Assert.Single(report.Checks).Error);
        Assert.Equal(1, report.ExitCode);
        Assert.Equal("1", report.ToJUnit().Root!.Attribute("failures")!.Value);
        Assert.Equal("fail", (string?)report.ToJson()["overall_status"]);
        Aixv.Protocol.Schemas.DocumentSchemas.All.Single(schema => schema.Name == "conformance-report.v1").Read(report.ToJson());
    }

    [Fact]
    public async Task Another_program_is_run_through_its_command_line()
    {
        string[] some = ["policy.fixture.valid.v1", "policy.unknown-field.reject.v1", "crypto.bundle.v0.3.accept.v1", "record.id.empty.reject.v1", "advisory.sync.replay-freshness.v1"];
        var target = new OtherProgram($"dotnet \"{typeof(CommandLine).Assembly.Location}\"");
        var report = await RunAsync(target, VectorGroups.All().Where(vector => some.Contains(vector.Id)));
        Assert.Equal(some.Length, report.Checks.Length);
        Assert.All(report.Checks, check => Assert.Null(check.Error));
    }

    [Theory]
    [InlineData("""{"a": "b"}""", """{"a": "c"}""", """{"a":"c"}""")]
    [InlineData("""{"a": {"b": 1, "c": 2}}""", """{"a": {"b": null}, "d": [1]}""", """{"a":{"c":2},"d":[1]}""")]
    [InlineData("""{"a": [1]}""", """{"a": {"b": {"c": null}}}""", """{"a":{"b":{}}}""")]
    [InlineData("[1]", """{"a": 1}""", """{"a":1}""")]
    public void A_merge_patch_is_applied_by_its_standard(string target, string patch, string expected) =>
        Assert.Equal(expected, MergePatch.Apply(System.Text.Json.Nodes.JsonNode.Parse(target), System.Text.Json.Nodes.JsonNode.Parse(patch))!.ToJsonString());

    private sealed class Liar(int exitCode, string answer) : IConformanceTarget
    {
        public string Name => "liar";

        public bool IsOther => true;

        public Task<TargetAnswer> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
            Task.FromResult(new TargetAnswer(exitCode, answer));
    }
}
