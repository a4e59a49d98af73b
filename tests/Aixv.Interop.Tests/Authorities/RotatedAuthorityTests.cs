using Aixv.Interop.Tests.Peers;

namespace Aixv.Interop.Tests.Authorities;

/// <summary>The peers on an Authority of which every key was replaced.</summary>
public sealed class RotatedAuthorityTests(RunningAuthority authority, PeerVerifier peer) : IClassFixture<RunningAuthority>, IClassFixture<PeerVerifier>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<PeerVerdict> AskAsync(byte[] trustedRoot, byte[] bundle) => peer.VerifyAsync(
        new PeerQuestion(trustedRoot, bundle, authority.Artifact) { Identity = authority.Identity, Issuer = authority.Url }, Cancel);

    [Fact]
    public async Task Peers_follow_to_the_new_keys_and_still_accept_what_the_old_ones_signed()
    {
        NodeScript.Require();
        var (firstRoot, firstTufRoot) = (authority.Server.TrustedRoot, authority.Server.TufRoot);
        var before = await authority.SignAsync(attest: false, Cancel);
        await RepositoryClient.ReadAsync(authority, "follower", firstTufRoot, Cancel);
        await authority.RotateAsync(Cancel);
        var after = await authority.SignAsync(attest: false, Cancel);

        var targets = await RepositoryClient.ReadAsync(authority, "follower", firstTufRoot, Cancel);
        Assert.False(targets.ContainsKey("error"), targets.ToJsonString());
        var secondRoot = Convert.FromBase64String(targets["trusted_root.json"]!.GetValue<string>());
        Assert.Equal(authority.Server.TrustedRoot, secondRoot);
        Assert.NotEqual(firstRoot, secondRoot);

        Assert.Equal(new PeerVerdict(null, null), await AskAsync(secondRoot, before));
        Assert.Equal(new PeerVerdict(null, null), await AskAsync(secondRoot, after));
        Assert.NotNull((await AskAsync(firstRoot, after)).Fourth);
    }
}
