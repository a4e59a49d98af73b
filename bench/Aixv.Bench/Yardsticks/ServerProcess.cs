using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Aixv.Bench.Yardsticks;

/// <summary>A server in a process of its own, so that the load generator, the ceiling and the registry do not share a heap, and each one's processor time is known.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    /// <summary>The first argument of this program when it is to be such a server.</summary>
    internal const string Verb = "serve";

    // The kernel counts a process' time in hundredths of a second.
    private const double TicksPerSecond = 100;
    private readonly Process process;

    private ServerProcess(Process process, JsonObject said) => (this.process, Said) = (process, said);

    /// <summary>What the server said when it was ready.</summary>
    internal JsonObject Said { get; }

    internal int Id => process.Id;

    /// <summary>The key that may make tenants, of a registry that is new.</summary>
    internal string OperatorKey => Said["operator"]!.GetValue<string>();

    internal Uri Url => new(Said["url"]!.GetValue<string>());

    /// <summary>Starts this program as a server and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It did not come up.</exception>
    internal static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        }

        start.ArgumentList.Add(Verb);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        if (line is not null && JsonNode.Parse(line) is JsonObject said)
        {
            return new ServerProcess(process, said);
        }

        process.Kill();
        process.Dispose();
        throw new InvalidOperationException($"the server {string.Join(' ', arguments)} did not start");
    }

    /// <summary>Processor seconds of all its threads until now, the kernel's work for it included.</summary>
    internal double Cpu()
    {
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/stat"));
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>Lets it end by itself, which it does when nobody speaks to it any more.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
