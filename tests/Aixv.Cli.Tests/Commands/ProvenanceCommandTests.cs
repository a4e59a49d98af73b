namespace Aixv.Cli.Tests.Commands;

public sealed class ProvenanceCommandTests(PrivateInstance instance) : IDisposable
{
    private readonly ReleaseFolder release = new(instance);

    public void Dispose() => release.Dispose();

    /// <summary>A fine-tune of a base that was made of a dataset only known by name.</summary>
    private async Task<(string Base, string Tuned)> LineageAsync()
    {
        var root = release.Model("base.bin", "base");
        await release.AttestAsync(ReleaseFolder.Release, "base.bin", "training", """{"parent_models": [], "datasets": [{"uri": "hf://datasets/example/words"}]}""");
        var tuned = release.Model("model.safetensors", "tuned");
        await release.AttestAsync(ReleaseFolder.Release, "model.safetensors", "training", $$"""{"parent_models": [{"digest": "{{root}}", "relation": "finetune"}]}""");
        return (root, tuned);
    }

    /// <summary>The commands of the package's page.</summary>
    [Fact]
    public async Task A_trace_has_the_documented_members()
    {
        var (root, tuned) = await LineageAsync();
        var json = (await release.RunAsync("provenance", "model.safetensors", "--depth", "3")).Exits(0).Json;
        Assert.Equal((true, "trace", "model.safetensors", tuned), ((bool?)json["ok"], (string?)json["view"], (string?)json["artifact"], (string?)json["artifact_digest"]));
        Assert.Equal("""{"signed":1,"signed_and_trusted":0,"total":1,"unsigned_or_untrusted":1}""", json["attestation_trust"]!.ToJsonString());
        Assert.Equal((1, 0, 0), ((int?)json["attestation_count"], (int?)json["advisory_count"], (int?)json["trusted_active_advisory_count"]));
        Assert.Empty(json["attestation_violations"]!.AsArray());
        var (parent, dataset) = (json["parents"]![0]!, json["parents"]![1]!);
        Assert.Equal((root, tuned, 1, "derived_from", "fine-tune", "attested"), (
            (string?)parent["digest"], (string?)parent["child_digest"], (int?)parent["depth"], (string?)parent["kind"], (string?)parent["relation"], (string?)parent["tier"]));
        Assert.Equal(ReleaseFolder.Release, (string?)parent["source"]!["subject"]);
        Assert.Equal((null, root, 2, "hf://datasets/example/words", "described"), (
            (string?)dataset["digest"], (string?)dataset["child_digest"], (int?)dataset["depth"], (string?)dataset["uri"], (string?)dataset["tier"]));
        Assert.Single((await release.RunAsync("provenance", "model.safetensors", "--depth", "1")).Exits(0).Json["parents"]!.AsArray());

        json = (await release.RunAsync("provenance", root, "--view", "impact")).Exits(0).Json;
        Assert.Equal((tuned, root, 1), ((string?)json["descendants"]![0]!["digest"], (string?)json["descendants"]![0]!["parent_digest"], (int?)json["descendants"]![0]!["depth"]));
        json = (await release.RunAsync("provenance", "model.safetensors", "--view", "explain", "--depth", "3")).Exits(0).Json;
        Assert.False((bool?)json["explain"]!["flagged"]);
        Assert.Equal(["parents", "descendants"], ((string[])["parents", "descendants"]).Where(json.ContainsKey));
    }

    [Fact]
    public async Task The_tree_shows_names_tiers_and_signers()
    {
        var (root, _) = await LineageAsync();
        var words = (await release.SayAsync("provenance", "model.safetensors")).Exits(0).Out;
        Assert.Contains($"└─ base.bin ({root[..19]}…): derived_from, fine-tune; attested by {ReleaseFolder.Release}\n   └─ hf://datasets/example/words: trained_on; described", words);
        var json = (await release.RunAsync("provenance", "model.safetensors", "--view", "tree")).Exits(0).Json;
        Assert.Equal("hf://datasets/example/words", (string?)json["tree"]!["parents"]![0]!["parents"]![0]!["uri"]);
    }

    [Fact]
    public async Task Cycles_and_contradictions_are_said_in_every_view()
    {
        var (first, second) = (release.Model("a.bin", "a"), release.Model("b.bin", "b"));
        await release.AttestAsync(ReleaseFolder.Release, "a.bin", "training", $$"""{"parent_models": [{"digest": "{{second}}"}]}""");
        await release.AttestAsync(ReleaseFolder.Release, "b.bin", "training", $$"""{"parent_models": [{"digest": "{{first}}"}]}""");
        await release.AttestAsync(ReleaseFolder.Stranger, "a.bin", "training", """{"parent_models": []}""");
        var json = (await release.RunAsync("provenance", "a.bin")).Exits(0).Json;
        Assert.Equal([first, second], json["cycles"]![0]!.AsArray().Select(node => (string?)node));
        Assert.Contains(ReleaseFolder.Stranger, (string?)Assert.Single(json["contradictions"]!.AsArray()));
        var words = (await release.SayAsync("provenance", "a.bin")).Exits(0).Out;
        Assert.Contains($"a.bin ({first[..19]}…) from b.bin ({second[..19]}…) from a.bin ({first[..19]}…): one of these attestations is wrong", words);
        Assert.Contains("name different parents", words);
    }

    /// <summary>With the whole way of each, the answer would have millions of steps.</summary>
    [Fact]
    public async Task A_long_chain_is_told_whole_as_far_as_it_fits_and_by_last_steps_beyond()
    {
        string Hex(int number) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)));
        Directory.CreateDirectory(Path.Combine(release.Folder.Path, ".aixv", "attestations"));
        for (var i = 1; i <= 600; i++)
        {
            release.Folder.Write($".aixv/attestations/sha256_{Hex(i)}.training.v1.json", $$$$"""
                {"schema": "aixv.attestation-record/v1", "created_at": "2026-01-01T00:00:00+00:00", "predicate_type": "https://aixv.org/attestation/training/v1",
                 "statement": {"_type": "https://in-toto.io/Statement/v1", "subject": [{"name": "m", "digest": {"sha256": "{{{{Hex(i)}}}}"}}],
                  "predicateType": "https://aixv.org/attestation/training/v1", "predicate": {"parent_models": [{"digest": "sha256:{{{{Hex(i - 1)}}}}"}]}}}
                """);
        }

        release.Folder.Write("adv.json", ReleaseFolder.Advisory("ADV-1", $"sha256:{Hex(0)}", selector: "descendants"));
        var possible = (await release.RunAsync("impact", "adv.json")).Exits(0).Json["possible"]!.AsArray();
        Assert.Equal(600, possible.Count);
        Assert.All(possible, one => Assert.Equal((bool)one!["path_complete"]! ? (int)one["depth"]! : 1, one["path"]!.AsArray().Count));
        Assert.False((bool)possible[^1]!["path_complete"]!);
        Assert.Equal((string?)possible[^2]!["digest"], (string?)possible[^1]!["path"]![0]!["from"]);
        Assert.True(possible.Sum(one => one!["path"]!.AsArray().Count) <= 101_000);
    }

    [Fact]
    public async Task Signed_attestations_can_be_required()
    {
        await LineageAsync();
        string[] asked = ["provenance", "model.safetensors", "--require-signed-attestations"];
        Assert.Equal(
            "signed attestation verification requires trusted_attestation_subject or trusted_attestation_subjects",
            (string?)(await release.RunAsync(asked)).Exits(1).Json["error"]);
        var json = (await release.RunAsync([.. asked, "--trusted-attestation-subject", ReleaseFolder.Release, "--trusted-attestation-issuers", instance.Issuer])).Exits(0).Json;
        Assert.Equal(1, (int?)json["attestation_trust"]!["signed_and_trusted"]);
        json = (await release.RunAsync([.. asked, "--trusted-attestation-subject", ReleaseFolder.Stranger])).Exits(1).Json;
        Assert.Contains("who is not trusted for attestations", (string?)Assert.Single(json["attestation_violations"]!.AsArray()));
        Assert.Equal(("provenance", false), ((string?)json["command"], (bool?)json["ok"]));
    }

    [Fact]
    public async Task An_attestation_that_was_changed_counts_as_unsigned_and_is_said()
    {
        await LineageAsync();
        var path = Directory.GetFiles(Path.Combine(release.Folder.Path, ".aixv", "attestations"), $"sha256_{release.DigestOf("model.safetensors")[7..]}*.v1.json").Single();
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace("finetune", "merge", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var json = (await release.RunAsync("provenance", "model.safetensors")).Exits(0).Json;
        Assert.Equal((1, 0), ((int?)json["attestation_trust"]!["total"], (int?)json["attestation_trust"]!["signed"]));
        Assert.Equal("identified", (string?)json["parents"]![0]!["tier"]);
        Assert.Contains("the bundle signs another statement than the record holds", json["store_warnings"]!.ToJsonString());
    }

    [Fact]
    public async Task What_nobody_speaks_of_has_no_provenance()
    {
        release.Model("alone.bin", "alone");
        var json = (await release.RunAsync("provenance", "alone.bin")).Exits(0).Json;
        Assert.Empty(json["parents"]!.AsArray());
        Assert.Contains("artifact not found: none.bin", (await release.SayAsync("provenance", "none.bin")).Exits(1).Error);
        Assert.Contains("--depth takes a number from 1 to 1000", (await release.SayAsync("provenance", "alone.bin", "--depth", "0")).Exits(2).Error);
        Assert.Contains("--view takes tree, trace, impact, explain", (await release.SayAsync("provenance", "alone.bin", "--view", "map")).Exits(2).Error);
    }

    [Fact]
    public async Task An_impact_on_a_terminal_shows_the_proof_and_what_is_only_possible()
    {
        var (root, _) = await LineageAsync();
        release.Model("copy.bin", "copy");
        release.Folder.Write("claim.json", $$"""{"parent_models": [{"digest": "{{root}}"}]}""");
        (await release.RunAsync("attest", "copy.bin", "--predicate", "training", "--input", "claim.json", "--no-sign")).Exits(0);
        release.Folder.Write("advisory.json", ReleaseFolder.Advisory("ADV-1", root, selector: "descendants"));
        var words = (await release.SayAsync("impact", "advisory.json")).Exits(0).Out;
        Assert.Contains("ADV-1: 2 artifacts affected, 1 possibly", words);
        Assert.Contains($"model.safetensors (sha256:", words);
        Assert.Contains($"← base.bin ({root[..19]}…): derived_from, fine-tune; attested by {ReleaseFolder.Release}", words);
        var json = (await release.RunAsync("impact", "advisory.json", "--trusted-attestation-subject", ReleaseFolder.Stranger)).Exits(0).Json;
        Assert.Equal((1, 2), ((int?)json["affected_count"], (int?)json["possible_count"]));
        Assert.StartsWith("advisory not found: ADV-9", (string?)(await release.RunAsync("impact", "ADV-9")).Exits(1).Json["error"]);
    }
}
