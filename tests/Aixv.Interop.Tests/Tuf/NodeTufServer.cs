using System.Diagnostics;
using System.Text.Json;

namespace Aixv.Interop.Tests.Tuf;

/// <summary><c>tests/interop/tuf-repository.mjs</c> as a process.</summary>
public sealed class NodeTufServer : IAsyncLifetime
{
    private Process? process;

    /// <summary>Why it could not be started, or null.</summary>
    internal string? Missing { get; private set; }

    internal Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The first root of <c>/models/</c>.</summary>
    internal byte[] ModelsRoot { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var folder = Folder();
        if (folder is null || !Directory.Exists(Path.Combine(folder, "node_modules", "@tufjs")))
        {
            Missing = "tests/interop/node_modules is not there: run 'npm ci' in tests/interop";
            return;
        }

        try
        {
            process = Process.Start(new ProcessStartInfo("node", ["tuf-repository.mjs"])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Missing = "node is not installed";
            return;
        }

        var ready = await ReadAsync();
        Url = new Uri($"http://127.0.0.1:{ready.GetProperty("port").GetInt32()}/");
        ModelsRoot = ready.GetProperty("modelsRoot").GetBytesFromBase64();
    }

    /// <summary>Makes <c>/models/</c> publish this state; <c>{}</c> is the honest beginning.</summary>
    internal async Task PublishAsync(string state)
    {
        await process!.StandardInput.WriteLineAsync(state);
        await ReadAsync();
    }

    private async Task<JsonElement> ReadAsync()
    {
        var line = await process!.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30))
            ?? throw new InvalidOperationException($"node ended with code {process.ExitCode}");
        return JsonDocument.Parse(line).RootElement;
    }

    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "aixv.slnx")))
            {
                return Path.Combine(at.FullName, "tests", "interop");
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
            process.Dispose();
        }
    }
}
