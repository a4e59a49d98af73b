using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aixv.Track.Tests.Storage;

/// <summary>A PostgreSQL of this test run's own, in a temporary folder, as an unprivileged user where the tests run as root.</summary>
/// <remarks>It starts when a database is first asked for; tests that end it have one of their own.</remarks>
public sealed class PostgresCluster : IAsyncDisposable
{
    private const string Missing = "PostgreSQL's initdb is not installed";
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"aixv-pg-{Guid.NewGuid():N}");
    private readonly SemaphoreSlim gate = new(1);
    private Process? server;
    private int port;
    private int databases;

    /// <summary>Debian keeps the server's programs out of the path.</summary>
    private static string? Programs { get; } = (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .Select(version => Path.Combine(version, "bin")).OrderDescending(StringComparer.Ordinal)
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    private static bool IsRoot => Environment.UserName == "root";

    private async Task InitializeAsync()
    {
        Directory.CreateDirectory(folder);
        if (IsRoot)
        {
            await RunAsync("chown", ["nobody", folder]);
        }

        await RunAsync(Path.Combine(Programs!, "initdb"), ["-D", Path.Combine(folder, "data"), "-U", "owner", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"], unprivileged: true);
        port = FreePort();
        await StartAsync();
    }

    /// <summary>Starts the server, or starts it again.</summary>
    public async Task StartAsync()
    {
        var arguments = new List<string>
        {
            "-D", Path.Combine(folder, "data"), "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-c", "listen_addresses=127.0.0.1",
            "-c", "max_connections=200", "-c", "shared_buffers=64MB", "-c", "fsync=on", "-c", "log_min_messages=fatal",
        };
        server = Process.Start(Info(Path.Combine(Programs!, "postgres"), arguments, unprivileged: true))!;
        _ = server.StandardError.ReadToEndAsync();
        _ = server.StandardOutput.ReadToEndAsync();
        for (var i = 0; i < 200 && !await AnswersAsync(); i++)
        {
            await Task.Delay(50);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await RunAsync(Path.Combine(Programs!, "psql"), ["-h", "127.0.0.1", "-p", $"{port}", "-U", "owner", "-d", "postgres", "-c", "SELECT 1"]);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static ProcessStartInfo Info(string program, IEnumerable<string> arguments, bool unprivileged)
    {
        var asNobody = unprivileged && IsRoot;
        var info = new ProcessStartInfo(asNobody ? "setpriv" : program) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (asNobody)
        {
            foreach (var argument in (string[])["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--", program])
            {
                info.ArgumentList.Add(argument);
            }
        }

        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        return info;
    }

    private static async Task RunAsync(string program, IEnumerable<string> arguments, bool unprivileged = false)
    {
        using var process = Process.Start(Info(program, arguments, unprivileged))!;
        var said = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await said;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error}");
        }
    }

    /// <summary>The connection of a new, empty database, whose owner is no superuser: row-level security holds for it.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        Assert.SkipWhen(Programs is null, Missing);
        await gate.WaitAsync();
        try
        {
            if (port == 0)
            {
                await InitializeAsync();
            }
        }
        finally
        {
            gate.Release();
        }

        var name = $"track{Interlocked.Increment(ref databases)}";
        var psql = Path.Combine(Programs!, "psql");
        string[] to = ["-h", "127.0.0.1", "-p", $"{port}", "-U", "owner", "-d", "postgres", "-q"];
        await RunAsync(psql, [.. to, "-c", $"CREATE ROLE {name} LOGIN", "-c", $"CREATE DATABASE {name} OWNER {name}"]);
        return $"postgres://{name}@127.0.0.1:{port}/{name}";
    }

    /// <summary>Ends the server as a failing machine would: no client is told, nothing is written.</summary>
    public async Task KillAsync()
    {
        server!.Kill(entireProcessTree: true);
        await server.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await KillAsync();
        }

        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        gate.Dispose();
    }
}
