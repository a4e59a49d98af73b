using Aixv.Protocol.Records;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Tests.Commands;

/// <summary>People who have keys and no identity provider sign and verify every kind of record, with and without a log.</summary>
public sealed class ManagedKeyTests : IDisposable
{
    private const string NoTrust = """{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}""";

    private readonly ReleaseFolder release;

    public ManagedKeyTests(PrivateInstance instance)
    {
        release = new ReleaseFolder(instance);
        Folder.Write("nobody.json", NoTrust);
        foreach (var name in (string[])["officer", "security", "maker", "stranger"])
        {
            using var key = SigningKey.Generate(name == "security" ? KeyAlgorithm.Ed25519 : KeyAlgorithm.EcdsaP256);
            Folder.Write($"{name}.pem", key.ToPem());
            Folder.Write($"{name}.pub", key.PublicKey.ToPem());
        }
    }

    private CliFolder Folder => release.Folder;

    public void Dispose() => release.Dispose();

    private PublicKey Key(string name) => PublicKey.FromPem(Folder.Read($"{name}.pub"));

    private string NameOf(string name) => ManagedKeys.NameOf(Key(name));

    private async Task RecordAsync(string signer, string kind, string id, string payload, params string[] how)
    {
        Folder.Write($"{id}.input.json", payload);
        (await Folder.RunAsync(["record", "create", "--kind", kind, "--record-id", id, "--input", $"{id}.input.json", "--key", $"{signer}.pem", .. how, "--json"])).Exits(0);
    }

    [Theory]
    [InlineData("officer")]
    [InlineData("security")]
    public async Task A_record_without_a_log_is_verified_by_its_key_alone_and_needs_no_instance(string signer)
    {
        using var offline = new CliFolder();
        foreach (var name in (string[])[$"{signer}.pem", $"{signer}.pub", "stranger.pub"])
        {
            offline.Write(name, Folder.Read(name));
        }

        offline.Write("w.json", $$"""{"waiver_id": "W-1", "policy_id": "p", "artifact_digests": ["{{RecordFolder.Model}}"], "advisory_ids": ["A"], "reason": "r", "approver": "a", "expires_at": "2030-01-01T00:00:00+00:00"}""");
        (await offline.RunAsync("record", "create", "--kind", "waiver", "--record-id", "W-1", "--input", "w.json", "--key", $"{signer}.pem", "--no-log")).Exits(0);
        string[] verify = ["record", "verify", ".aixv/records/waiver/W-1.json", "--json"];
        var verified = (await offline.RunAsync([.. verify, "--trusted-key", $"{signer}.pub", "--trusted-key-unlogged"])).Exits(0).Json;
        Assert.Equal(NameOf(signer), (string?)verified["actual_subjects"]![0]);
        Assert.Equal(NameOf(signer), (string?)verified["expected_subjects"]![0]);
        var refused = (await offline.RunAsync([.. verify, "--trusted-key", "stranger.pub", "--trusted-key-unlogged"])).Exits(1).Json;
        Assert.Equal("signer-untrusted", (string?)refused["reason"]);
        Assert.Equal("waiver W-1: untrusted signer: signed with a key that is none of the trusted ones, or over other bytes", (string?)refused["error"]);
        Assert.Equal(
            $"{signer}.pem: public key: PEM block is 'PRIVATE KEY', expected 'PUBLIC KEY'",
            (string?)(await offline.RunAsync([.. verify, "--trusted-key", $"{signer}.pem", "--trusted-key-unlogged"])).Exits(1).Json["error"]);
        Assert.Contains("--trusted-key-unlogged needs --trusted-key", (await offline.RunAsync([.. verify, "--trusted-subject", "x", "--trusted-key-unlogged"])).Exits(2).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_leave_a_key_must_be_in_the_log_as_a_certificate_must()
    {
        await RecordAsync("officer", "incident", "I-1", "{}", "--no-log");
        await RecordAsync("officer", "incident", "I-2", "{}", release.Trust);
        string[] key = ["--trusted-key", "officer.pub"];
        Assert.Equal("signature-invalid", (string?)(await release.RunAsync(["record", "verify", ".aixv/records/incident/I-1.json", .. key])).Exits(1).Json["reason"]);
        (await release.RunAsync(["record", "verify", ".aixv/records/incident/I-2.json", .. key])).Exits(0);

        // A key does not make a certificate acceptable, nor the other way round.
        Folder.Write("i.json", "{}");
        (await release.AsAsync(ReleaseFolder.Officer, "record", "create", "--kind", "incident", "--record-id", "I-3", "--input", "i.json", "--sign")).Exits(0);
        Assert.Equal("signer-untrusted", (string?)(await release.RunAsync(["record", "verify", ".aixv/records/incident/I-3.json", .. key])).Exits(1).Json["reason"]);
        Assert.Equal("signer-untrusted", (string?)(await release.RunAsync("record", "verify", ".aixv/records/incident/I-2.json", "--trusted-subject", ReleaseFolder.Officer)).Exits(1).Json["reason"]);
        (await release.RunAsync(["record", "verify", ".aixv/records/incident/I-3.json", .. key, "--trusted-subject", ReleaseFolder.Officer])).Exits(0);
    }

    /// <summary>Policy, advisory, waiver, attestation and artifact, each by a key of its own.</summary>
    [Fact]
    public async Task A_policy_that_brings_the_keys_counts_advisories_waivers_and_attestations_by_them()
    {
        var model = release.Model("model.bin", "weights");
        string Pem(string name) => System.Text.Json.JsonSerializer.Serialize(Folder.Read($"{name}.pub"));
        await RecordAsync("officer", "policy", "keyed", $$"""
            {
              "policy_type": "aixv.policy/v1", "transparency_required": false, "public_keys": [{{Pem("maker")}}, {{Pem("security")}}, {{Pem("officer")}}],
              "allow_issuers": ["https://accounts.example.org"],
              "allow_subjects": ["{{NameOf("maker")}}"], "advisory_allow_subjects": ["{{NameOf("security")}}"],
              "deny_advisory_severity_at_or_above": "high", "required_predicates": {"*": ["training"]}, "waivers": {"allow_subjects": ["{{NameOf("officer")}}"]}
            }
            """, "--no-log");
        string[] judge = ["admit", "model.bin", "--policy", ".aixv/policies/keyed.json", "--policy-trusted-key", "officer.pub", "--policy-trusted-key-unlogged", "--trusted-root", "nobody.json", "--json"];
        (await Folder.RunAsync("sign", "model.bin", "--key", "maker.pem", "--no-log")).Exits(0);
        Folder.Write("t.json", """{"parent_models": []}""");
        (await Folder.RunAsync("attest", "model.bin", "--predicate", "training", "--input", "t.json", "--key", "maker.pem", "--no-log")).Exits(0);
        var admitted = (await Folder.RunAsync(judge)).Exits(0).Json;
        Assert.Equal(NameOf("maker"), (string?)admitted["results"]![0]!["admission_evidence"]!["verified_subjects"]![0]);

        await RecordAsync("stranger", "advisory", "ADV-S", ReleaseFolder.Advisory("ADV-S", model), "--no-log");
        (await Folder.RunAsync(judge)).Exits(0);
        await RecordAsync("security", "advisory", "ADV-1", ReleaseFolder.Advisory("ADV-1", model), "--no-log");
        Assert.Equal("advisory-severity", (string?)(await Folder.RunAsync(judge)).Exits(1).Json["results"]![0]!["violations"]![0]!["code"]);
        await RecordAsync("officer", "waiver", "W-1", $$"""
            {"waiver_id": "W-1", "policy_id": "keyed", "artifact_digests": ["{{model}}"], "advisory_ids": ["ADV-1"], "reason": "filtered", "approver": "J. D.", "expires_at": "2090-01-01T00:00:00+00:00"}
            """, "--no-log");
        Assert.Equal("allow-with-waiver", (string?)(await Folder.RunAsync(judge)).Exits(0).Json["results"]![0]!["admission_decision"]);

        // verify, and another key for the policy.
        string[] verify = ["verify", "model.bin", .. judge[2..]];
        (await Folder.RunAsync(verify)).Exits(0);
        verify[Array.IndexOf(verify, "--policy-trusted-key") + 1] = "stranger.pub";
        Assert.StartsWith("policy verification failed: policy keyed: untrusted signer", (string?)(await Folder.RunAsync(verify)).Exits(1).Json["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_key_of_a_policy_that_is_none_is_refused_by_its_place()
    {
        Folder.Write("p.json", """{"policy_type": "aixv.policy/v1", "subject": "x", "public_keys": ["AAAA"]}""");
        Assert.Contains("$.public_keys[0]: expected a public key as PEM, or its SubjectPublicKeyInfo in base64", (string?)(await Folder.RunAsync("policy", "create", "--input", "p.json", "--no-sign", "--json")).Exits(1).Json["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_advisory_without_a_verified_time_is_no_news_of_a_feed()
    {
        var model = release.Model("model.bin", "weights");
        await RecordAsync("security", "advisory", "ADV-1", ReleaseFolder.Advisory("ADV-1", model), "--no-log");
        Folder.Write("feed.json", """{"schema": "aixv.advisory-feed/v1", "entries": [{"record_url": ".aixv/advisories/ADV-1.json", "bundle_url": ".aixv/advisories/ADV-1.json.sigstore.json"}]}""");
        string[] sync = ["advisory", "sync", "--feed", "feed.json", "--store", "other", "--trusted-key", "security.pub", "--trusted-key-unlogged"];
        Assert.Contains("no verified time", (string?)(await release.RunAsync(sync)).Exits(1).Json["results"]![0]!["error"], StringComparison.Ordinal);
    }
}
