using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Tests.Commands;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly CliFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("happy-path-v0.1")]
    [InlineData("happy-path-v0.3")]
    [InlineData("rekor2-happy-path")]
    [InlineData("rekor2-dsse-happy-path")]
    [InlineData("managed-key-happy-path")]
    public async Task Real_bundles_are_accepted_by_path_and_by_digest(string name)
    {
        var vector = new Vector(name);
        (await folder.RunAsync([.. vector.FullArguments])).Exits(0);
        var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(vector.Artifact)));
        (await folder.RunAsync(["verify", $"sha256:{digest}", .. vector.FullArguments[2..]])).Exits(0);
    }

    [Fact]
    public async Task The_answer_has_the_members_of_the_protocol()
    {
        var vector = new Vector("rekor2-happy-path");
        var json = (await folder.RunAsync([.. vector.FullArguments, "--json"])).Exits(0).Json;
        var expected = JsonNode.Parse($$"""
            {
              "ok": true,
              "verified": true,
              "digest": "sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf",
              "expected_subject": "{{Vector.Identity}}",
              "expected_issuer": "{{Vector.Issuer}}",
              "actual_subjects": ["{{Vector.Identity}}"],
              "actual_issuer": "{{Vector.Issuer}}",
              "integrated_time": "2025-06-12T12:02:20Z",
              "staging": false,
              "policy_violations": [],
              "admission_decision": "allow",
              "admission_evidence": {
                "artifact_digest": "sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf",
                "advisories": [],
                "advisory_count": 0,
                "trusted_active_advisory_count": 0,
                "verified_subjects": ["{{Vector.Identity}}"],
                "verified_issuer": "{{Vector.Issuer}}",
                "integrated_time": "2025-06-12T12:02:20Z"
              }
            }
            """)!.AsObject();
        Assert.All(expected, member => Assert.True(
            JsonNode.DeepEquals(member.Value, json[member.Key]), $"{member.Key}: {json[member.Key]?.ToJsonString()}, expected {member.Value?.ToJsonString()}"));
        Assert.All(json["checks"]!.AsArray(), check => Assert.True((bool?)check!["passed"]));
    }

    public static TheoryData<string, string> Refusals => new()
    {
        { "bundle-unknown-version_fail", "bundle-version-unsupported" },
        { "checkpoint-wrong-roothash_fail", "checkpoint-mismatch" },
        { "set-invalid-signature_fail", "inclusion-promise-invalid" },
        { "rekor2-no-timestamp_fail", "time-missing" },
    };

    [Theory, MemberData(nameof(Refusals))]
    public async Task A_refusal_says_reason_step_expected_and_found(string name, string reason)
    {
        var vector = new Vector(name);
        var json = (await folder.RunAsync([.. vector.FullArguments, "--json"])).Exits(1).Json;
        Assert.False((bool?)json["ok"]);
        Assert.False((bool?)json["verified"]);
        Assert.Equal("verify", (string?)json["command"]);
        Assert.Equal(reason, (string?)json["reason"]);
        Assert.Equal("deny", (string?)json["admission_decision"]);
        Assert.All(["step", "expected", "found", "error"], member => Assert.NotEmpty((string?)json[member] ?? ""));
        var last = json["checks"]!.AsArray()[^1]!;
        Assert.False((bool?)last["passed"]);

        var words = (await folder.RunAsync([.. vector.FullArguments])).Exits(1);
        Assert.Contains(": refused", words.Out);
        Assert.Contains(reason, words.Out);
        Assert.StartsWith($"error: verification refused ({reason})", words.Error);
    }

    [Fact]
    public async Task Another_identity_or_issuer_is_refused()
    {
        var vector = new Vector("happy-path-v0.3");
        var json = (await folder.RunAsync([.. vector.Arguments, "--identity", "somebody@example.com", "--json"])).Exits(1).Json;
        Assert.Equal("identity-mismatch", (string?)json["reason"]);
        Assert.Equal(Vector.Identity, (string?)json["found"]);
        json = (await folder.RunAsync([.. vector.Arguments, "--identity", Vector.Identity, "--issuer", "https://example.com", "--json"])).Exits(1).Json;
        Assert.Equal("issuer-mismatch", (string?)json["reason"]);
    }

    [Theory]
    [InlineData("happy-path-v0.3", 0, "--sct-threshold", "0", "--log-threshold", "0")]
    [InlineData("happy-path-v0.3", 1, "--sct-threshold", "2")]
    [InlineData("happy-path-v0.3", 1, "--log-threshold", "2")]
    [InlineData("happy-path-v0.3", 1, "--time-threshold", "2")]
    [InlineData("invalid-ct-key_fail", 1)]
    [InlineData("invalid-ct-key_fail", 0, "--sct-threshold", "0")]
    public async Task Thresholds_say_how_many_witnesses_are_asked_for(string name, int exitCode, params string[] thresholds) =>
        (await folder.RunAsync([.. new Vector(name).FullArguments, .. thresholds])).Exits(exitCode);

    [Fact]
    public async Task Help_says_what_a_threshold_of_0_gives_up()
    {
        var help = (await folder.RunAsync("verify", "--help")).Out;
        Assert.Equal(2, help.Split("0 gives up").Length - 1);
    }

    [Theory]
    [InlineData("--identity-glob", "https://github.com/sigstore-conformance/**", 0)]
    [InlineData("--identity-glob", "https://github.com/sigstore-conformance/*", 1)]
    [InlineData("--identity-regex", "https://github\\.com/sigstore-conformance/.*", 0)]
    [InlineData("--identity-regex", "sigstore-conformance", 1)]
    public async Task Patterns_cover_the_whole_identity(string option, string pattern, int exitCode) =>
        (await folder.RunAsync([.. new Vector("happy-path-v0.3").Arguments, option, pattern])).Exits(exitCode);

    public static TheoryData<string[], string> Failures => new()
    {
        { ["verify", "none", "--identity", "i"], "artifact not found: none" },
        { ["verify", "a.bin", "--identity", "i"], "bundle not found: a.bin.sigstore.json" },
        { ["verify", "a.bin", "--bundle", "none.json", "--identity", "i"], "bundle not found: none.json" },
        { ["verify", "a.bin", "--bundle", "folder", "--identity", "i"], "bundle is a folder: folder" },
        { ["verify", "a.bin", "--bundle", "a.bin"], "subject identity constraints required: set --identity or policy.subject/allow_subjects" },
        { ["verify", "a.bin", "--bundle", "a.bin", "--key", "none.pem"], "key not found: none.pem" },
        { ["verify", "a.bin", "--bundle", "a.bin", "--key", "a.bin"], "public key: no PEM block found (expected -----BEGIN PUBLIC KEY-----)" },
        { ["verify", "a.bin", "--bundle", "a.bin", "--identity", "i", "--trusted-root", "none.json"], "trusted root not found: none.json" },
        { ["verify", "a.bin", "--bundle", "a.bin", "--identity-regex", "("], "'(' is not a valid regular expression" },
        { ["verify", "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "--identity", "i"], "a digest has no bundle beside it: pass --bundle FILE" },
        { ["verify", "sha256:abc", "--bundle", "a.bin", "--identity", "i"], "invalid sha256 digest: sha256:abc" },
        { ["verify", "a.bin", "--bundle", "a.bin", "--identity", "i", "--instance", "nowhere"], "instance 'nowhere': not known" },
    };

    [Theory, MemberData(nameof(Failures))]
    public async Task What_is_missing_or_malformed_exits_1_with_the_documented_message(string[] arguments, string message)
    {
        folder.Write("a.bin", "abc");
        Directory.CreateDirectory(Path.Combine(folder.Path, "folder"));
        var words = (await folder.RunAsync(arguments)).Exits(1);
        Assert.Equal("", words.Out);
        Assert.StartsWith($"error: {message}", words.Error);
        var json = (await folder.RunAsync([.. arguments, "--json"])).Exits(1).Json;
        Assert.Equal(["command", "error", "ok"], json.Select(m => m.Key));
        Assert.StartsWith(message, (string?)json["error"]);
    }

    [Fact]
    public async Task An_artifact_that_looks_like_a_digest_and_exists_is_a_file()
    {
        var name = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        folder.Write(name, "something else");
        Assert.Contains($"bundle not found: {name}.sigstore.json", (await folder.RunAsync("verify", name, "--identity", "i")).Exits(1).Error);
    }

    [Fact]
    public async Task What_is_no_bundle_is_refused_even_when_the_instance_cannot_be_reached()
    {
        var root = Path.Combine(Vector.RepositoryRoot, "src", "Aixv.Sigstore", "Trust", "Instances", "Embedded", "public.root.json");
        (await folder.RunAsync("trust", "add", "down", "http://127.0.0.1:1/", "--root", root)).Exits(0);
        var vector = new Vector("happy-path-v0.3");
        (await folder.RunAsync("verify", vector.Artifact, "--bundle", vector.Bundle, "--instance", "down", "--identity", Vector.Identity)).Exits(3);
        folder.Write("a.bin", "abc");
        var json = (await folder.RunAsync("verify", "a.bin", "--bundle", "a.bin", "--instance", "down", "--identity", "i", "--json")).Exits(1).Json;
        Assert.Equal("bundle-malformed", (string?)json["reason"]);
    }

    [Fact]
    public async Task What_is_no_bundle_is_a_refusal()
    {
        folder.Write("a.bin", "abc");
        var json = (await folder.RunAsync("verify", "a.bin", "--bundle", "a.bin", "--identity", "i", "--trusted-root", new Vector("happy-path-v0.3").TrustedRoot, "--json")).Exits(1).Json;
        Assert.Equal("bundle-malformed", (string?)json["reason"]);
    }

    [Fact]
    public async Task Offline_without_a_cache_the_built_in_root_is_used_and_its_age_said()
    {
        var vector = new Vector("happy-path-v0.3");
        var run = (await folder.RunAsync("verify", vector.Artifact, "--bundle", vector.Bundle, "--offline", "--identity", Vector.Identity)).Exits(0);
        Assert.StartsWith("warning: offline, and nothing was fetched before: the built-in trusted root of 2026-08-21 is used", run.Error);
    }
}
