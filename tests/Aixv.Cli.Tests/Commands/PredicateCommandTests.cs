namespace Aixv.Cli.Tests.Commands;

public sealed class PredicateCommandTests : IDisposable
{
    private readonly CliFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("training")]
    [InlineData("advisory")]
    [InlineData("evaluation")]
    [InlineData("packaging")]
    [InlineData("deployment")]
    [InlineData("cl-delta")]
    public async Task Every_template_passes_its_own_check(string name)
    {
        folder.Write("claim.json", (await folder.RunAsync("predicate", "template", name)).Exits(0).Out);
        var json = (await folder.RunAsync("predicate", "check", "claim.json", "--predicate", name, "--json")).Exits(0).Json;
        Assert.Equal(name, (string?)json["predicate"]);
        Assert.Equal($"https://aixv.org/attestation/{name}/v1", (string?)json["predicate_uri"]);
        Assert.True((bool?)json["schema_validated"]);
        var printed = (await folder.RunAsync("predicate", "template", name, "--output", "copy.json", "--json")).Exits(0).Json;
        Assert.Equal("copy.json", (string?)printed["output_path"]);
        Assert.Equal(folder.Read("claim.json"), folder.Read("copy.json"));
    }

    [Fact]
    public async Task A_check_says_what_would_lift_the_claim()
    {
        folder.Write("claim.json", """{"parent_models": [{"name": "base"}]}""");
        var run = (await folder.RunAsync("predicate", "check", "claim.json", "--predicate", "training", "--json")).Exits(0);
        Assert.Equal(
            """
            {"file": "claim.json", "lifts": ["parent_models[0]: add digest, the SHA-256 of its bytes; a name or URI alone can come to mean other bytes", "sign the statement: only a verified signature with a log entry makes a claim attested"], "ok": true, "predicate": "training", "predicate_uri": "https://aixv.org/attestation/training/v1", "schema_validated": true, "tier": "described"}

            """,
            run.Out);
        folder.Write("claim.json", $$"""{"parent_models": [{"digest": "{{RecordFolder.Model}}"}]}""");
        Assert.Equal("identified", (string?)(await folder.RunAsync("predicate", "check", "claim.json", "--predicate", "training", "--json")).Exits(0).Json["tier"]);
    }

    [Fact]
    public async Task A_statement_names_its_own_type()
    {
        folder.Write("s.json", """{"_type": "https://in-toto.io/Statement/v1", "subject": [], "predicateType": "https://aixv.org/attestation/training/v1", "predicate": {"parent_models": []}}""");
        Assert.Equal("training", (string?)(await folder.RunAsync("predicate", "check", "s.json", "--json")).Exits(0).Json["predicate"]);
        Assert.Contains("s.json claims https://aixv.org/attestation/training/v1, not evaluation", (await folder.RunAsync("predicate", "check", "s.json", "--predicate", "evaluation")).Exits(1).Error);
    }

    [Theory]
    [InlineData("""{"parent_models": [{}]}""", "training", "parent_models[0]")]
    [InlineData("""{"training_run": {"code_digest": "0123456789abcdef0123456789abcdef01234567"}}""", "training", "git commit")]
    [InlineData("""{"benchmarks": []}""", "evaluation", "benchmarks")]
    [InlineData("{}", "trainings", "unsupported predicate: trainings")]
    [InlineData("{}", null, "claim.json does not say what it claims: pass --predicate")]
    [InlineData("[", "training", "claim.json: not valid JSON")]
    public async Task A_claim_that_does_not_fit_is_refused(string content, string? type, string message)
    {
        folder.Write("claim.json", content);
        Assert.Contains(message, (await folder.RunAsync(["predicate", "check", "claim.json", .. type is null ? (string[])[] : ["--predicate", type]])).Exits(1).Error);
        Assert.Contains("unsupported predicate: nothing (known: training,", (await folder.RunAsync("predicate", "template", "nothing")).Exits(1).Error);
    }
}
