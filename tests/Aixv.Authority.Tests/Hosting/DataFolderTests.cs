using System.Net;
using System.Text;
using Aixv.Authority.Hosting;
using Aixv.Sigstore.Verification;

namespace Aixv.Authority.Tests.Hosting;

public sealed class DataFolderTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly byte[] Artifact = Encoding.UTF8.GetBytes("weights");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restart_keeps_keys_accounts_and_log()
    {
        var folder = TestAuthority.NewFolder();
        byte[] root;
        string bundle, identity, issuer;
        await using (var first = await TestAuthority.StartAsync(folder, o => o with { Url = "http://localhost:3000" }))
        {
            Assert.NotNull(first.Server.InitialAccounts);
            root = first.Server.TrustedRoot;
            (issuer, identity) = ("http://localhost:3000", "http://localhost:3000/machines/machine");
            bundle = (await Keyless.SignAsync(first, Artifact, await first.MachineTokenAsync())).ToJsonString();
        }

        await using (var second = await TestAuthority.StartAsync(folder, o => o with { Url = "http://localhost:3000" }))
        {
            Assert.Null(second.Server.InitialAccounts);
            Assert.Equal(root, second.Server.TrustedRoot);
            Assert.Equal(root, await File.ReadAllBytesAsync(second.Server.TrustedRootPath, Cancel));
            Assert.StartsWith("localhost\n1\n", await second.Http.GetStringAsync("/api/v2/checkpoint", Cancel), StringComparison.Ordinal);
            Assert.IsType<Verified>(AuthorityServerTests.Verify(second.Server.TrustedRoot, bundle, Artifact, identity, issuer));
            var next = await Keyless.SignAsync(second, Artifact, second.Server.IssueToken("machine"));
            Assert.Equal("1", next["verificationMaterial"]!["tlogEntries"]![0]!["logIndex"]!.GetValue<string>());
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Private_keys_are_for_the_owner_alone_and_others_are_not_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are Unix's");
        var folder = TestAuthority.NewFolder();
        await using (await TestAuthority.StartAsync(folder))
        {
            Assert.All(Directory.EnumerateFiles(Path.Combine(folder, "keys")), key => Assert.Equal(Owner, FileMode(key)));
            Assert.Equal(Owner | UnixFileMode.UserExecute, FileMode(folder));
        }

        var path = Path.Combine(folder, "keys", "ca-1.pem");
        SetFileMode(path, Owner | UnixFileMode.GroupRead);
        var open = await Assert.ThrowsAsync<IOException>(() => TestAuthority.StartAsync(folder));
        Assert.Contains("chmod 600", open.Message, StringComparison.Ordinal);

        File.Delete(path);
        var missing = await Assert.ThrowsAnyAsync<IOException>(() => TestAuthority.StartAsync(folder));
        Assert.Contains(path, missing.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static UnixFileMode FileMode(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static void SetFileMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    [Fact]
    public async Task A_folder_is_served_by_one_process_at_a_time()
    {
        await using var authority = await TestAuthority.StartAsync();
        var error = await Assert.ThrowsAsync<IOException>(() =>
            AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = authority.Folder, Port = 0 }, Cancel));
        Assert.Contains("in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_register_is_named()
    {
        var folder = TestAuthority.NewFolder();
        await (await TestAuthority.StartAsync(folder)).DisposeAsync();
        var path = Path.Combine(folder, "services.json");
        await File.WriteAllTextAsync(path, "{", Cancel);
        var error = await Assert.ThrowsAsync<IOException>(() => TestAuthority.StartAsync(folder));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Another_host_name_needs_a_new_log()
    {
        var folder = TestAuthority.NewFolder();
        await (await TestAuthority.StartAsync(folder)).DisposeAsync();
        var error = await Assert.ThrowsAsync<IOException>(() => TestAuthority.StartAsync(folder, o => o with { Url = "https://sigstore.example" }));
        Assert.Contains("rotate", error.Message, StringComparison.Ordinal);

        var options = new AuthorityOptions { DataFolder = folder, Url = "https://sigstore.example" };
        await KeyRotation.RotateAsync(options, [Authority.Keys.ServiceRole.Rekor, Authority.Keys.ServiceRole.CtLog], Cancel);
        await using (var authority = await TestAuthority.StartAsync(folder, o => o with { Url = "https://sigstore.example" }))
        {
            Assert.StartsWith("sigstore.example\n0\n", await authority.Http.GetStringAsync("/api/v2/checkpoint", Cancel), StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("localhost:3000")]
    [InlineData("ftp://localhost")]
    [InlineData("http://localhost:3000/path")]
    public async Task A_base_URL_with_a_fault_is_refused(string url) =>
        await Assert.ThrowsAsync<ArgumentException>(() => TestAuthority.StartAsync(change: o => o with { Url = url }));

    [Fact]
    public async Task A_taken_port_is_named()
    {
        await using var authority = await TestAuthority.StartAsync();
        var port = authority.Http.BaseAddress!.Port;
        var error = await Assert.ThrowsAsync<IOException>(() => TestAuthority.StartAsync(change: o => o with { Port = port }));
        Assert.Contains($"localhost:{port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_requests_of_one_address_are_refused_with_a_time_to_wait()
    {
        await using var authority = await TestAuthority.StartAsync(change: o => o with { RequestsPerSecond = 10, RequestBurst = 3 });
        var answers = new List<HttpResponseMessage>();
        for (var i = 0; i < 20; i++)
        {
            answers.Add(await authority.Http.GetAsync("/healthz", Cancel));
        }

        Assert.Equal(HttpStatusCode.OK, answers[0].StatusCode);
        var limited = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.NotNull(limited.Headers.RetryAfter);
        answers.ForEach(a => a.Dispose());
    }
}
