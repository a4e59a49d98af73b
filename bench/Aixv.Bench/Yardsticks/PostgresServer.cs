using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Aixv.Bench.Yardsticks;

/// <summary>A PostgreSQL of this run's own, in a temporary folder, with its own durability settings; as an unprivileged user where the run is root's.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private readonly string folder;
    private readonly Process process;

    private PostgresServer(string folder, Process process, string connection) => (this.folder, this.process, Connection) = (folder, process, connection);

    private static string? Programs { get; } = (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .Select(version => Path.Combine(version, "bin")).OrderDescending(StringComparer.Ordinal)
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    internal static bool IsInstalled => Programs is not null;

    internal string Connection { get; }

    internal static async Task<PostgresServer> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("aixv-bench-pg-").FullName;
        var data = Path.Combine(folder, "data");
        if (Environment.UserName == "root")
        {
            using var own = Start("chown", ["nobody", folder], unprivileged: false);
            await own.WaitForExitAsync();
        }

        using (var make = Start(Path.Combine(Programs!, "initdb"), ["-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C"], unprivileged: true))
        {
            await make.WaitForExitAsync();
        }

        int port;
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        }

        var number = port.ToString(CultureInfo.InvariantCulture);
        var process = Start(Path.Combine(Programs!, "postgres"), ["-D", data, "-p", number, "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=256MB"], unprivileged: true);
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={number};Username=owner;Database=postgres;Pooling=false");
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var role = source.CreateCommand("CREATE ROLE track LOGIN");
                await role.ExecuteNonQueryAsync();
                await using var database = source.CreateCommand("CREATE DATABASE track OWNER track");
                await database.ExecuteNonQueryAsync();
                return new PostgresServer(folder, process, $"postgres://track@127.0.0.1:{number}/track");
            }
            catch (NpgsqlException) when (tries < 200)
            {
                await Task.Delay(100);
            }
        }
    }

    private static Process Start(string program, string[] arguments, bool unprivileged)
    {
        var asNobody = unprivileged && Environment.UserName == "root";
        string[] prefix = asNobody ? ["--reuid=nobody", "--regid=nogroup", "--clear-groups", "--", program] : [];
        var process = Process.Start(new ProcessStartInfo(asNobody ? "setpriv" : program, [.. prefix, .. arguments]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
