using Aixv.Export.Assessments;

namespace Aixv.Cli.Tests.Commands;

public sealed class AssessCommandTests(PrivateInstance instance) : IDisposable
{
    private readonly ReleaseFolder release = new(instance);

    public void Dispose() => release.Dispose();

    private async Task<string> ModelAsync()
    {
        var digest = release.Model("model.safetensors", "tuned");
        await release.AttestAsync(ReleaseFolder.Release, "model.safetensors", "training", """{"parent_models": [], "datasets": [{"uri": "hf://datasets/example/words"}], "training_run": {"framework": "jax"}}""");
        return digest;
    }

    [Fact]
    public async Task Each_framework_is_answered_with_the_evidence_behind_each_item()
    {
        var digest = await ModelAsync();
        foreach (var framework in Frameworks.All)
        {
            var json = (await release.RunAsync("assess", "model.safetensors", "--framework", framework.Id)).Exits(0).Json;
            Assert.Equal((true, framework.Id, digest), ((bool?)json["ok"], (string?)json["framework"]!["id"], (string?)json["artifact"]!["digest"]));
            Assert.Equal(framework.Items.Length, json["items"]!.AsArray().Count);
            Assert.Contains(json["items"]!.AsArray(), item => item!["evidence"]!.AsArray().Any(e => ((string?)e!["digest"])?.StartsWith("sha256:", StringComparison.Ordinal) == true));
            Assert.Contains(json["items"]!.AsArray(), item => (string?)item!["status"] == "gap");
        }
    }

    [Fact]
    public async Task The_governance_format_says_the_same()
    {
        await ModelAsync();
        var assessed = (await release.RunAsync("assess", "model.safetensors", "--framework", "eu-ai-act-annex-xi")).Exits(0).Json;
        var exported = (await release.RunAsync("export", "model.safetensors", "--format", "eu-ai-act-annex-xi")).Exits(0).Json["export"]!["content"]!;
        foreach (var member in (string[])["framework", "artifact", "assessed_at", "summary", "items"])
        {
            Assert.Equal(exported[member]!.ToJsonString(), assessed[member]!.ToJsonString());
        }
    }

    [Fact]
    public async Task People_see_a_table_and_a_caution()
    {
        var digest = await ModelAsync();
        var words = (await release.SayAsync("assess", "model.safetensors", "--framework", "cosai")).Exits(0).Out;
        Assert.Contains($"digest     {digest}", words);
        Assert.Contains("INV-L1-01  MET  ", words);
        Assert.Contains("INV-L3-05  GAP  ", words);
        Assert.Contains("- sigstore-bundle  sha256:", words);
        Assert.Contains("not a finding of conformity", words);
    }

    [Fact]
    public async Task An_unknown_framework_is_named_with_those_that_are_known()
    {
        var run = (await release.SayAsync("assess", "model.safetensors", "--framework", "soc-2")).Exits(2);
        Assert.Contains("unknown framework: soc-2; known: eu-ai-act-annex-iv, ", run.Error);
    }
}
