using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Interop.Tests.Peers;

/// <summary>A script of <c>tests/interop</c> as a process that speaks JSON, a line at a time.</summary>
internal sealed class NodeScript : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Folder = Checkout.PathOf("tests", "interop");
    private readonly Process process;

    private NodeScript(Process process) => this.process = process;

    /// <summary>Why no script can be run here, or null.</summary>
    internal static string? Missing { get; } = Look();

    /// <summary>Ends the test as skipped when node or its packages are missing.</summary>
    internal static void Require() => Assert.SkipUnless(Missing is null, Missing ?? "");

    internal static NodeScript Start(string script, params string[] arguments) => new(
        Process.Start(new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);

    /// <summary>The first line of a script that needs no input.</summary>
    internal static async Task<JsonElement> RunAsync(string script, CancellationToken cancellationToken, params string[] arguments)
    {
        await using var node = Start(script, arguments);
        return await node.ReadAsync(cancellationToken);
    }

    internal async Task<JsonElement> AskAsync(JsonNode question, CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync(question.ToJsonString().AsMemory(), cancellationToken);
        return await ReadAsync(cancellationToken);
    }

    internal async Task<JsonElement> ReadAsync(CancellationToken cancellationToken)
    {
        var line = await process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken)
            ?? throw new InvalidOperationException($"{process.StartInfo.ArgumentList[0]} ended early; its standard error says why");
        using var document = JsonDocument.Parse(line);
        return document.RootElement.Clone();
    }

    private static string? Look()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true })!;
            node.WaitForExit();
        }
        catch (Win32Exception)
        {
            return "node is not installed";
        }

        return Directory.Exists(Path.Combine(Folder, "node_modules", "@sigstore"))
            ? null
            : "tests/interop/node_modules is not there: run 'npm ci' in tests/interop";
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
