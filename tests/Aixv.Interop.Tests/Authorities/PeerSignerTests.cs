using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Interop.Tests.Peers;
using Aixv.Sigstore.Verification;

namespace Aixv.Interop.Tests.Authorities;

/// <summary>Bundles of <c>@sigstore/sign</c> against our Authority, over HTTP.</summary>
public sealed class PeerSignerTests(RunningAuthority authority, PeerVerifier peer) : IClassFixture<RunningAuthority>, IClassFixture<PeerVerifier>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<byte[]> SignAsync(bool attest, string? token = null)
    {
        NodeScript.Require();
        await using var script = NodeScript.Start("sign.mjs");
        var bundle = await script.AskAsync(
            new JsonObject
            {
                ["url"] = authority.Url,
                ["token"] = token ?? authority.Server.IssueToken("machine"),
                ["artifact"] = Convert.ToBase64String(authority.Artifact),
                ["statement"] = attest ? authority.Statement : null,
            },
            Cancel);
        return Encoding.UTF8.GetBytes(bundle.GetRawText());
    }

    [Theory]
    [InlineData(false, "hashedrekord 0.0.2")]
    [InlineData(true, "dsse 0.0.2")]
    public async Task A_bundle_is_accepted_by_us_and_by_the_peer(bool attest, string kind)
    {
        var bundle = await SignAsync(attest);
        var result = authority.Verify(bundle, authority.Artifact);
        Assert.True(result is Verified, $"{result}: {Encoding.UTF8.GetString(bundle)}");
        Assert.Equal(kind, Assert.Single(((Verified)result).LogEntries).Kind);
        var question = new PeerQuestion(authority.Server.TrustedRoot, bundle, authority.Artifact) { Identity = authority.Identity, Issuer = authority.Url };
        Assert.Equal(new PeerVerdict(null, null), await peer.VerifyAsync(question, Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_copy_with_one_value_changed_is_refused(bool attest)
    {
        var copies = Tampering.Each(await SignAsync(attest)).ToList();
        Assert.InRange(copies.Count, 7, 20);
        Assert.All(copies, c => Assert.True(authority.Verify(c.Bundle, authority.Artifact) is Rejected, c.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Our_command_accepts_the_bundle_and_refuses_it_for_another_file(bool attest)
    {
        var bundle = authority.Save($"{attest}.sigstore.json", await SignAsync(attest));
        var model = authority.Save($"{attest}.bin", authority.Artifact);
        var other = authority.Save($"{attest}.other", [1, 2, 3]);
        string[] options = ["--bundle", bundle, "--identity", authority.Identity, "--issuer", authority.Url, "--trusted-root", authority.Server.TrustedRootPath];
        var accepted = await AixvCommand.RunAsync(authority.Folder, [], ["verify", model, .. options], Cancel);
        Assert.True(accepted.ExitCode == 0, accepted.Json.ToString());
        Assert.True(accepted.Json.GetProperty("verified").GetBoolean());
        var refused = await AixvCommand.RunAsync(authority.Folder, [], ["verify", other, .. options], Cancel);
        Assert.Equal((1, JsonValueKind.False), (refused.ExitCode, refused.Json.GetProperty("ok").ValueKind));
    }

    [Fact]
    public async Task A_forged_token_gets_the_peer_no_certificate()
    {
        var token = authority.Server.IssueToken("machine");
        var forged = token[..^8] + (token[^8] == 'A' ? 'B' : 'A') + token[^7..];
        var answer = JsonNode.Parse(await SignAsync(attest: false, forged))!;
        Assert.Contains("CA_CREATE_SIGNING_CERTIFICATE_ERROR", answer["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
