namespace Aixv.Cli.Tests.Commands;

/// <summary>Whole answers, letter by letter: scripts read them.</summary>
public sealed class GoldenAnswerTests : IDisposable
{
    private readonly Vector vector = new("rekor2-happy-path");
    private readonly CliFolder folder = new() { Time = new FixedTime(new DateTimeOffset(2025, 6, 20, 12, 0, 0, TimeSpan.Zero)) };

    public GoldenAnswerTests()
    {
        File.Copy(vector.Artifact, Path.Combine(folder.Path, "model.bin"));
        File.Copy(vector.Bundle, Path.Combine(folder.Path, "model.bin.sigstore.json"));
        File.Copy(vector.TrustedRoot, Path.Combine(folder.Path, "root.json"));
        folder.Write("policy.json", $$"""{"policy_type": "aixv.policy/v1", "allow_subjects": ["{{Vector.Identity}}"], "max_bundle_age_days": 3}""");
        folder.Write("base.bin", "base");
    }

    public void Dispose() => folder.Dispose();

    private async Task<string> AnswerAsync(int exitCode, params string[] arguments) => (await folder.RunAsync([.. arguments, "--json"])).Exits(exitCode).Out.ReplaceLineEndings("\n");

    [Fact]
    public async Task Of_verify_with_a_policy() => GoldenAnswer.Same("verify", await AnswerAsync(1, "verify", "model.bin", "--policy", "policy.json", "--no-require-signed-policy", "--trusted-root", "root.json", "--save-decision", "d.json"));

    [Fact]
    public async Task Of_admit_and_decision_replay()
    {
        GoldenAnswer.Same("admit", await AnswerAsync(1, "admit", "model.bin", "--policy", "policy.json", "--no-require-signed-policy", "--trusted-root", "root.json", "--save-decisions", "."));
        GoldenAnswer.Same("replay", await AnswerAsync(0, "decision", "replay", "a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf.decision.json", "--as-of", "2025-06-13T00:00:00Z"));
    }

    [Fact]
    public async Task Of_provenance_impact_and_rollback()
    {
        folder.Write("claim.json", $$"""{"parent_models": [{"digest": "{{Base}}", "name": "base"}]}""");
        (await folder.RunAsync("attest", "model.bin", "--predicate", "training", "--input", "claim.json", "--no-sign")).Exits(0);
        GoldenAnswer.Same("provenance", await AnswerAsync(0, "provenance", "model.bin", "--view", "explain", "--trusted-root", "root.json"));
        folder.Write("advisory.json", ReleaseFolder.Advisory("ADV-1", Base, selector: "descendants"));
        GoldenAnswer.Same("impact", await AnswerAsync(0, "impact", "advisory.json", "--trusted-root", "root.json"));
        GoldenAnswer.Same("rollback", await AnswerAsync(0, "rollback", "model.bin", "--to", "base.bin", "--no-sign"));
    }

    [Fact]
    public async Task Of_a_failure() => GoldenAnswer.Same("failure", await AnswerAsync(1, "verify", "missing.bin", "--identity", "x"));

    private static string Base => $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("base"u8))}";
}
