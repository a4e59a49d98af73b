using System.Text;
using System.Text.Json.Nodes;
using Aixv.Interop.Tests.Peers;

namespace Aixv.Interop.Tests.Authorities;

/// <summary>npm's TUF clients on our Authority's repository.</summary>
public sealed class PeerRepositoryClientTests(RunningAuthority authority) : IClassFixture<RunningAuthority>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<JsonObject> ReadAsync(string folder, byte[] root) => RepositoryClient.ReadAsync(authority, folder, root, Cancel);

    [Fact]
    public async Task Tuf_js_reads_the_trusted_root_and_the_signing_config()
    {
        var targets = await ReadAsync("tuf-js", authority.Server.TufRoot);
        Assert.False(targets.ContainsKey("error"), targets.ToJsonString());
        Assert.Equal(authority.Server.TrustedRoot, Convert.FromBase64String(targets["trusted_root.json"]!.GetValue<string>()));
        Assert.Equal(authority.Server.SigningConfig, Convert.FromBase64String(targets["signing_config.v0.2.json"]!.GetValue<string>()));
        Assert.Null(targets["absent.json"]);
    }

    [Fact]
    public async Task Tuf_js_refuses_the_repository_when_it_starts_from_another_s_root()
    {
        await using var other = new RunningAuthority();
        await other.InitializeAsync();
        var targets = await ReadAsync("stranger", other.Server.TufRoot);
        Assert.NotNull(targets["error"]);
    }

    [Fact]
    public async Task The_package_sigstore_verifies_with_the_trusted_root_it_finds_there()
    {
        NodeScript.Require();
        await using var signer = NodeScript.Start("sign.mjs");
        var bundle = await signer.AskAsync(
            new JsonObject
            {
                ["url"] = authority.Url,
                ["token"] = authority.Server.IssueToken("machine"),
                ["artifact"] = Convert.ToBase64String(authority.Artifact),
            },
            Cancel);
        var question = new JsonObject
        {
            ["url"] = $"{authority.Url}/tuf",
            ["rootPath"] = authority.Save("root.json", authority.Server.TufRoot),
            ["folder"] = Path.Combine(authority.Folder, "sigstore-js"),
            ["bundle"] = JsonNode.Parse(bundle.GetRawText()),
            ["artifact"] = Convert.ToBase64String(authority.Artifact),
            ["identity"] = authority.Identity,
            ["issuer"] = authority.Url,
        };
        await using var verifier = NodeScript.Start("sigstore.mjs");
        var accepted = await verifier.AskAsync(question, Cancel);
        Assert.Null(accepted.GetProperty("4").GetString());
        Assert.Null(accepted.GetProperty("5").GetString());
        question["artifact"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("another file"));
        var refused = await verifier.AskAsync(question, Cancel);
        Assert.NotNull(refused.GetProperty("4").GetString());
        Assert.NotNull(refused.GetProperty("5").GetString());
    }
}
