using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Authority.Hosting;
using Aixv.Authority.Keys;
using Aixv.Sigstore.Tuf;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Tests.Hosting;

public sealed class KeyRotationTests
{
    private static readonly byte[] Artifact = Encoding.UTF8.GetBytes("weights");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_rotating_everything_old_and_new_signatures_verify_with_the_new_trusted_root()
    {
        var time = new ManualTime();
        var folder = TestAuthority.NewFolder();
        string identity, issuer, oldBundle;
        byte[] oldRoot, tufRoot;
        await using (var first = await TestAuthority.StartAsync(folder, o => o with { Time = time, Url = "http://localhost:3000" }))
        {
            issuer = first.Server.Url.GetLeftPart(UriPartial.Authority);
            identity = $"{issuer}/machines/machine";
            oldBundle = (await Keyless.SignAsync(first, Artifact, first.Server.IssueToken("machine"))).ToJsonString();
            (oldRoot, tufRoot) = (first.Server.TrustedRoot, first.Server.TufRoot);
        }

        time.Advance(TimeSpan.FromHours(1));
        await KeyRotation.RotateAsync(new AuthorityOptions { DataFolder = folder, Time = time }, Enum.GetValues<ServiceRole>(), Cancel);
        time.Advance(TimeSpan.FromSeconds(5));

        await using (var second = await TestAuthority.StartAsync(folder, o => o with { Time = time, Url = "http://localhost:3000" }))
        {
            var newBundle = (await Keyless.SignAsync(second, Artifact, second.Server.IssueToken("machine"))).ToJsonString();
            var newRoot = second.Server.TrustedRoot;

            Assert.IsType<Verified>(AuthorityServerTests.Verify(newRoot, oldBundle, Artifact, identity, issuer));
            Assert.IsType<Verified>(AuthorityServerTests.Verify(newRoot, newBundle, Artifact, identity, issuer));
            Assert.IsType<Rejected>(AuthorityServerTests.Verify(oldRoot, newBundle, Artifact, identity, issuer));

            await FrozenShardIsReadOnlyAsync(second);
            await TufClientFollowsAsync(second, tufRoot, time, newRoot);
        }

        Assert.Equal(["ca-2.pem", "ctlog-2.pem", "oidc-2.pem", "rekor-2.pem", "tsa-2.pem", "tuf-2-online.pem", "tuf-2.pem"],
            Directory.EnumerateFiles(Path.Combine(folder, "keys")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task FrozenShardIsReadOnlyAsync(TestAuthority authority)
    {
        var checkpoint = await authority.Http.GetStringAsync("/shards/1/api/v2/checkpoint", Cancel);
        Assert.StartsWith("localhost\n1\n", checkpoint, StringComparison.Ordinal);
        Assert.StartsWith("localhost/ct\n1\n", await authority.Http.GetStringAsync("/ct/shards/1/checkpoint", Cancel), StringComparison.Ordinal);
        using var refused = await authority.PostAsync("/shards/1/api/v2/log/entries", new JsonObject());
        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.StatusCode);
    }

    private static async Task TufClientFollowsAsync(TestAuthority authority, byte[] firstRoot, TimeProvider time, byte[] expected)
    {
        var cache = TestAuthority.NewFolder();
        using var repository = new HttpTufRepository(new Uri(authority.Http.BaseAddress!, "/tuf"));
        var targets = await new TufClient(repository, cache, firstRoot, time).RefreshAsync(["trusted_root.json"], unless: null, Cancel);
        Assert.Equal(2, targets.RootVersion);
        Assert.Equal(expected, targets.Find("trusted_root.json")!.Value.ToArray());
        Directory.Delete(cache, recursive: true);
    }

    [Fact]
    public async Task Rotating_twice_before_a_start_keeps_the_chain_of_roots()
    {
        var time = new ManualTime();
        var folder = TestAuthority.NewFolder();
        byte[] tufRoot;
        await using (var first = await TestAuthority.StartAsync(folder, o => o with { Time = time }))
        {
            tufRoot = first.Server.TufRoot;
        }

        await KeyRotation.RotateAsync(new AuthorityOptions { DataFolder = folder, Time = time }, [ServiceRole.Tuf], Cancel);
        await KeyRotation.RotateAsync(new AuthorityOptions { DataFolder = folder, Time = time }, [ServiceRole.Tuf], Cancel);

        await using var second = await TestAuthority.StartAsync(folder, o => o with { Time = time });
        await TufClientFollowsAsync(second, tufRoot, time, second.Server.TrustedRoot);
        await second.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Tokens_from_before_a_rotation_are_good_until_they_expire()
    {
        var time = new ManualTime();
        var folder = TestAuthority.NewFolder();
        string token;
        await using (var first = await TestAuthority.StartAsync(folder, o => o with { Time = time, Url = "http://localhost:3000" }))
        {
            token = first.Server.IssueToken("machine");
        }

        await KeyRotation.RotateAsync(new AuthorityOptions { DataFolder = folder, Time = time }, [ServiceRole.Oidc], Cancel);

        await using (var second = await TestAuthority.StartAsync(folder, o => o with { Time = time, Url = "http://localhost:3000" }))
        {
            using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
            await Keyless.CertificateAsync(second, key, token);
            time.Advance(TimeSpan.FromMinutes(11));
            using var late = await second.PostAsync("/api/v2/signingCert", Keyless.CertificateRequest(key, Keyless.SubjectOf(token), token));
            Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
            Assert.Contains("expired", (await TestAuthority.JsonAsync(late))["message"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_running_Authority_is_not_rotated()
    {
        await using var authority = await TestAuthority.StartAsync();
        var error = await Assert.ThrowsAsync<IOException>(() =>
            KeyRotation.RotateAsync(new AuthorityOptions { DataFolder = authority.Folder }, [ServiceRole.CertificateAuthority], Cancel));
        Assert.Contains("in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_an_Authority_is_not_rotated() => await Assert.ThrowsAsync<DirectoryNotFoundException>(() =>
        KeyRotation.RotateAsync(new AuthorityOptions { DataFolder = TestAuthority.NewFolder() }, [ServiceRole.Tuf], Cancel));
}
