using System.Text.Json.Nodes;
using Aixv.Interop.Tests.Peers;

namespace Aixv.Interop.Tests.Tuf;

/// <summary><c>tests/interop/tuf-repository.mjs</c> as a process.</summary>
public sealed class NodeTufServer : IAsyncLifetime
{
    private NodeScript? script;

    /// <summary>Why it could not be started, or null.</summary>
    internal string? Missing { get; } = NodeScript.Missing;

    internal Uri Url { get; private set; } = new("http://127.0.0.1/");

    /// <summary>The first root of <c>/models/</c>.</summary>
    internal byte[] ModelsRoot { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null)
        {
            return;
        }

        script = NodeScript.Start("tuf-repository.mjs");
        var ready = await script.ReadAsync(TestContext.Current.CancellationToken);
        Url = new Uri($"http://127.0.0.1:{ready.GetProperty("port").GetInt32()}/");
        ModelsRoot = ready.GetProperty("modelsRoot").GetBytesFromBase64();
    }

    /// <summary>Makes <c>/models/</c> publish this state; <c>{}</c> is the honest beginning.</summary>
    internal Task PublishAsync(string state) => script!.AskAsync(JsonNode.Parse(state)!, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (script is not null)
        {
            await script.DisposeAsync();
        }
    }
}
