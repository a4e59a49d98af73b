using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aixv.Track.Blobs;

namespace Aixv.Track.Tests.Storage;

/// <summary>An S3-compatible store of this test run's own: s3rver of tests/interop, in a temporary folder.</summary>
public sealed class S3Server : IAsyncLifetime
{
    private const string Missing = "s3rver is not there: npm ci in tests/interop has not been run";
    private const string Bucket = "track";
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"aixv-s3-{Guid.NewGuid():N}");
    private Process? server;
    private int port;
    private int prefixes;

    private static string? Program { get; } = FindProgram();

    private static string? FindProgram()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var program = Path.Combine(folder.FullName, "tests", "interop", "node_modules", "s3rver", "bin", "s3rver.js");
            if (File.Exists(program))
            {
                return program;
            }
        }

        return null;
    }

    public async ValueTask InitializeAsync()
    {
        if (Program is null)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }

        var info = new ProcessStartInfo("node") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Program, "-d", folder, "-a", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture), "--silent", "--configure-bucket", Bucket])
        {
            info.ArgumentList.Add(argument);
        }

        server = Process.Start(info)!;
        _ = server.StandardError.ReadToEndAsync();
        _ = server.StandardOutput.ReadToEndAsync();
        using var http = new HttpClient();
        for (var i = 0; i < 200; i++)
        {
            try
            {
                await http.GetAsync($"http://127.0.0.1:{port}/");
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>A place of its own in the bucket.</summary>
    internal S3Options NewOptions()
    {
        Assert.SkipWhen(Program is null, Missing);
        return new S3Options
        {
            Bucket = Bucket, Endpoint = $"http://127.0.0.1:{port}", Prefix = $"p{Interlocked.Increment(ref prefixes)}/", AccessKey = "S3RVER", SecretKey = "S3RVER",
        };
    }

    public ValueTask DisposeAsync()
    {
        server?.Kill(entireProcessTree: true);
        server?.WaitForExit();
        server?.Dispose();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
