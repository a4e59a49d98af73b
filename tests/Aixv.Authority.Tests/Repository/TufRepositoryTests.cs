using System.Net;
using Aixv.Sigstore.Tuf;

namespace Aixv.Authority.Tests.Repository;

public sealed class TufRepositoryTests : IDisposable
{
    private readonly string cache = Directory.CreateTempSubdirectory("aixv-tuf-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(cache, recursive: true);

    private async Task<TufTargets> UpdateAsync(TestAuthority authority, byte[] root, TimeProvider time)
    {
        using var repository = new HttpTufRepository(new Uri(authority.Http.BaseAddress!, "/tuf"));
        return await new TufClient(repository, cache, root, time).RefreshAsync(["trusted_root.json", "signing_config.v0.2.json"], unless: null, Cancel);
    }

    [Fact]
    public async Task A_client_gets_trusted_root_and_signing_config_from_the_first_root()
    {
        await using var authority = await TestAuthority.StartAsync();
        var targets = await UpdateAsync(authority, authority.Server.TufRoot, TimeProvider.System);
        Assert.Equal(authority.Server.TrustedRoot, targets.Find("trusted_root.json")!.Value.ToArray());
        Assert.Equal(authority.Server.SigningConfig, targets.Find("signing_config.v0.2.json")!.Value.ToArray());
    }

    [Fact]
    public async Task Metadata_is_renewed_long_before_it_expires_and_clients_follow()
    {
        var time = new ManualTime();
        var folder = TestAuthority.NewFolder();
        await using (var authority = await TestAuthority.StartAsync(folder, o => o with { Time = time, Url = "http://localhost:3000" }))
        {
            var before = await UpdateAsync(authority, authority.Server.TufRoot, time);
            time.Advance(TimeSpan.FromHours(1));
            authority.Server.Renew();
            Assert.Equal(before.TimestampVersion, (await UpdateAsync(authority, authority.Server.TufRoot, time)).TimestampVersion);

            for (var day = 0; day < 400; day += 4)
            {
                time.Advance(TimeSpan.FromDays(4));
                authority.Server.Renew();
                var now = await UpdateAsync(authority, authority.Server.TufRoot, time);
                Assert.True(now.Expires > time.GetUtcNow() + TimeSpan.FromDays(5));
            }

            var after = await UpdateAsync(authority, authority.Server.TufRoot, time);
            Assert.True(after.RootVersion > before.RootVersion);
            Assert.True(after.TargetsVersion > before.TargetsVersion);
            Assert.True(after.SnapshotVersion > before.SnapshotVersion);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_restart_changes_nothing_unless_the_trust_material_changed()
    {
        var folder = TestAuthority.NewFolder();
        string first, second, third;
        byte[] root;
        async Task<string> RunAsync(string url)
        {
            await using var authority = await TestAuthority.StartAsync(folder, o => o with { Url = url });
            root = authority.Server.TufRoot;
            await UpdateAsync(authority, root, TimeProvider.System);
            return await authority.Http.GetStringAsync("/tuf/timestamp.json", Cancel);
        }

        first = await RunAsync("http://localhost:3000");
        second = await RunAsync("http://localhost:3000");
        third = await RunAsync("http://localhost:4000");
        Assert.Equal(first, second);
        Assert.NotEqual(second, third);
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("/tuf/2.root.json")]
    [InlineData("/tuf/targets/trusted_root.json")]
    [InlineData("/tuf/..%2fkeys%2ftuf-1.pem")]
    [InlineData("/tuf/")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var authority = await TestAuthority.StartAsync();
        using var response = await authority.Http.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
