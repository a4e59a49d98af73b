using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Interop.Tests.Peers;

namespace Aixv.Interop.Tests.Authorities;

/// <summary>Every Sigstore bundle that <c>aixv export --sign</c> makes, read by npm's <c>sigstore</c>.</summary>
public sealed class SignedExportTests(RunningAuthority authority) : IClassFixture<RunningAuthority>
{
    private const string Formats =
        "in-toto-statement,sigstore-bundle,slsa-provenance-v1,slsa-provenance-v0.2,in-toto-scai,in-toto-reference,in-toto-vulns,in-toto-link,oms-statement,oms-bundle,"
        + "slsa-vsa-v1,in-toto-svr,in-toto-test-result,in-toto-release";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<JsonElement> RunAsync(params string[] arguments)
    {
        string[] signing = arguments[0] is "attest" or "export" ? ["--identity-token", authority.Server.IssueToken("machine")] : [];
        var answer = await AixvCommand.RunAsync(authority.Folder, [], [.. arguments, .. signing, "--trust-config", authority.Server.ClientTrustConfigPath], Cancel);
        Assert.True(answer.ExitCode == 0, answer.Json.ToString());
        return answer.Json;
    }

    /// <summary>Attests a model and exports it signed; the bundles by their format.</summary>
    private async Task<Dictionary<string, byte[]>> ExportAsync(string name, params string[] more)
    {
        var folder = Directory.CreateDirectory(Path.Combine(authority.Folder, name)).FullName;
        var model = authority.Save($"{name}/model \u202e\"><b>.safetensors", authority.Artifact);
        var store = Path.Combine(folder, "store");
        var claim = authority.Save($"{name}/claim.json", Encoding.UTF8.GetBytes("""{"parent_models":[{"name":"=cmd|","digest":"sha256:1111111111111111111111111111111111111111111111111111111111111111"}],"datasets":[],"training_run":{"framework":"pytorch"}}"""));
        var policy = authority.Save($"{name}/policy.json", Encoding.UTF8.GetBytes(new JsonObject
        {
            ["policy_type"] = "aixv.policy/v1",
            ["allow_subjects"] = new JsonArray((JsonNode)authority.Identity),
            ["allow_issuers"] = new JsonArray((JsonNode)authority.Url),
        }.ToJsonString()));
        await RunAsync(["attest", model, "--predicate", "training", "--input", claim, "--store", store, "--bundle", Path.Combine(folder, "training.json"), .. more]);
        var answer = await RunAsync(
            ["export", model, "--format", Formats, "--sign", "--store", store, "-o", Path.Combine(folder, "out"), "--uri", "hf://acme/model@0123", "--policy", policy, "--no-require-signed-policy", .. more]);
        var exports = answer.GetProperty("exports").EnumerateArray().ToDictionary(
            e => e.GetProperty("format").GetString()!,
            e => File.ReadAllBytes(e.GetProperty("signature").GetString() is { } path && File.Exists(path) ? path : e.GetProperty("path").GetString()!));
        Assert.Equal(Formats.Split(','), exports.Keys.Order(StringComparer.Ordinal).OrderBy(f => Array.IndexOf(Formats.Split(','), f)));
        return exports;
    }

    private async Task<List<string>> RefusalsAsync(string generation, Dictionary<string, byte[]> bundles)
    {
        await using var peer = NodeScript.Start("sigstore.mjs");
        var refusals = new List<string>();
        foreach (var (format, bundle) in bundles)
        {
            var answer = await peer.AskAsync(
                new JsonObject
                {
                    ["url"] = $"{authority.Url}/tuf",
                    ["rootPath"] = authority.Save("root.json", authority.Server.TufRoot),
                    ["folder"] = Path.Combine(authority.Folder, "sigstore-js"),
                    ["bundle"] = JsonNode.Parse(bundle),
                    ["identity"] = authority.Identity,
                    ["issuer"] = authority.Url,
                },
                Cancel);
            refusals.AddRange(answer.GetProperty(generation).GetString() is { } why ? [$"{format}: {why}"] : (string[])[]);
        }

        return refusals;
    }

    [Fact]
    public async Task The_package_sigstore_5_accepts_each_of_them()
    {
        NodeScript.Require();
        var bundles = await ExportAsync("fifth");
        Assert.Empty(await RefusalsAsync("5", bundles));

        // What version 4 gets wrong, so that nobody has to look for it again.
        Assert.All(await RefusalsAsync("4", bundles), r => Assert.EndsWith("TLOG_BODY_ERROR: digest mismatch: ", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_package_sigstore_4_and_5_accept_each_of_them_by_the_older_log_entry()
    {
        NodeScript.Require();
        var bundles = await ExportAsync("fourth", "--log-entry", "dsse");
        Assert.Empty(await RefusalsAsync("4", bundles));
        Assert.Empty(await RefusalsAsync("5", bundles));
    }
}
