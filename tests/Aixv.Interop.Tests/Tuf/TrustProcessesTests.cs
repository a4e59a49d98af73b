using System.Diagnostics;
using Aixv.Sigstore.Trust.Instances;

namespace Aixv.Interop.Tests.Tuf;

/// <summary>Several <c>aixv</c> processes that share one cache.</summary>
public sealed class TrustProcessesTests(NodeTufServer server) : IClassFixture<NodeTufServer>, IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("aixv-home-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<int> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "aixv.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AIXV_HOME"] = home },
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var error = process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        TestContext.Current.TestOutputHelper?.WriteLine($"{process.ExitCode}: {await output}{await error}");
        return process.ExitCode;
    }

    [Fact]
    public async Task Processes_that_update_at_once_all_succeed_and_leave_a_whole_cache()
    {
        Assert.SkipUnless(server.Missing is null, server.Missing ?? "");
        await server.PublishAsync("""{"versions":{"timestamp":7,"snapshot":5,"targets":3}}""");
        var root = Path.Combine(home, "root.json");
        await File.WriteAllBytesAsync(root, server.ModelsRoot, Cancel);
        Assert.Equal(0, await RunAsync("trust", "add", "lab", new Uri(server.Url, "models").AbsoluteUri, "--root", root));

        var codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync("trust", "update", "lab")));
        Assert.Equal([0, 0, 0, 0], codes);
        var store = new InstanceStore(Path.Combine(home, "trust"), TimeProvider.System);
        Assert.Equal(7, store.Show("lab").Cached!.TimestampVersion);
        var trust = await store.ResolveAsync("lab", offline: true, Cancel);
        Assert.Equal("{}"u8, trust.TrustedRoot.Span);
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.Combine(home, "trust", "lab")), f => Path.GetFileName(f).StartsWith('.'));
    }

    public void Dispose() => Directory.Delete(home, recursive: true);
}
