using System.Text;
using Aixv.Interop.Tests.Peers;

namespace Aixv.Interop.Tests.Authorities;

/// <summary>What <c>aixv sign</c> and <c>aixv attest</c> write, read by <c>@sigstore/verify</c>.</summary>
public sealed class OurCommandTests(RunningAuthority authority, PeerVerifier peer) : IClassFixture<RunningAuthority>, IClassFixture<PeerVerifier>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<byte[]> RunAsync(string bundle, params string[] arguments)
    {
        NodeScript.Require();
        var path = Path.Combine(authority.Folder, bundle);
        string[] trust = ["--trust-config", authority.Server.ClientTrustConfigPath, "--identity-token", authority.Server.IssueToken("machine")];
        var answer = await AixvCommand.RunAsync(authority.Folder, [], [.. arguments, "--bundle", path, .. trust], Cancel);
        Assert.True(answer.ExitCode == 0, answer.Json.ToString());
        return await File.ReadAllBytesAsync(path, Cancel);
    }

    private PeerQuestion Question(byte[] bundle) => new(authority.Server.TrustedRoot, bundle, authority.Artifact)
    {
        Identity = authority.Identity,
        Issuer = authority.Url,
    };

    [Fact]
    public async Task A_signature_is_accepted_by_the_peer()
    {
        var bundle = await RunAsync("signed.sigstore.json", "sign", authority.Save("signed.bin", authority.Artifact));
        Assert.Equal(new PeerVerdict(null, null), await peer.VerifyAsync(Question(bundle), Cancel));
        Assert.NotNull((await peer.VerifyAsync(Question(bundle) with { Artifact = [1] }, Cancel)).Fourth);
    }

    [Fact]
    public async Task An_attestation_is_accepted_by_the_peer()
    {
        var model = authority.Save("attested.bin", authority.Artifact);
        var predicate = authority.Save("predicate.json", Encoding.UTF8.GetBytes("""{"note":"made for a test"}"""));
        var store = Path.Combine(authority.Folder, "store");
        var bundle = await RunAsync("attested.sigstore.json", "attest", model, "--predicate", "https://example.org/note/v1", "--input", predicate, "--store", store);
        Assert.Null((await peer.VerifyAsync(Question(bundle), Cancel)).Fourth);
        Assert.NotNull((await peer.VerifyAsync(Question(bundle) with { Identity = authority.Identity + "s" }, Cancel)).Fourth);
    }
}
