using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Aixv.Track.Tests.Hosting;

/// <summary>A node as its own process, <c>aixv serve</c>, which can be killed without a word and started again at the same address.</summary>
/// <param name="folder">Its data folder.</param>
/// <param name="port">Where it listens.</param>
/// <param name="settings">Variables of its environment.</param>
/// <param name="before">A program with arguments that runs it; empty for none.</param>
internal sealed class RunningNode(string folder, int port, IReadOnlyDictionary<string, string> settings, params string[] before) : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);
    private Process? process;

    public Uri Url { get; } = new($"http://localhost:{port}");

    public static int FreePort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Starts, and returns what the node said of itself.</summary>
    public async Task<JsonNode> StartAsync()
    {
        string[] command =
        [
            .. before, "dotnet", Path.Combine(AppContext.BaseDirectory, "aixv.dll"), "serve", "--no-authority", "--quiet", "--json",
            "--data", folder, "--port", port.ToString(CultureInfo.InvariantCulture),
        ];
        var info = new ProcessStartInfo(command[0]) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in command[1..])
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in settings)
        {
            info.Environment[name] = value;
        }

        info.Environment["HOME"] = folder;
        process = Process.Start(info)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(StartTime, TestContext.Current.CancellationToken);
        return line is not null ? JsonNode.Parse(line)! : throw new InvalidOperationException($"the node did not start: {await error}");
    }

    /// <summary>The data folder as the node sees it, which may have mounted something there.</summary>
    public string FolderInside => $"/proc/{process!.Id}/root{folder}";

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (process is { } running)
        {
            process = null;
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync(CancellationToken.None);
            running.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
