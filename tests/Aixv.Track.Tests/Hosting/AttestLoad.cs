using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Aixv.Track.Tests.Hosting;

/// <summary>Clients that attest one model after another, each until it is acknowledged, whatever happens to the nodes.</summary>
internal sealed class AttestLoad(IReadOnlyList<Uri> nodes, string key, string agent) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false }) { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>What was acknowledged: the model's name, with its receipt's id and the hash that was attested.</summary>
    public ConcurrentDictionary<string, (string Receipt, string Hash)> Acknowledged { get; } = new();

    /// <summary>Every checkpoint that a node published meanwhile.</summary>
    public ConcurrentDictionary<string, bool> Checkpoints { get; } = new();

    /// <summary>How many requests failed, and were repeated.</summary>
    public int Failures => failures;

    /// <summary>Answers that no client should get.</summary>
    public ConcurrentBag<string> Surprises { get; } = [];

    private int failures;

    /// <summary>Runs until told to stop; what is not acknowledged then is given up after some more tries.</summary>
    public Task RunAsync(int clients, CancellationToken stop) => Task.WhenAll(
        [.. Enumerable.Range(0, clients).Select(c => Task.Run(() => AttestAsync(c, stop), CancellationToken.None)), Task.Run(() => WatchAsync(stop), CancellationToken.None)]);

    private async Task AttestAsync(int client, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            var name = $"model-{client}-{n}";
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            var body = new JsonObject { ["agent_id"] = agent, ["name"] = name, ["version"] = "1.0.0", ["framework"] = "pytorch", ["hash"] = hash }.ToJsonString();

            // Half of the clients send a key, half rely on the names.
            var repeatable = client % 2 == 0 ? name : null;
            for (var attempt = 0; attempt < 400 && !await TryAsync(nodes[(client + n + attempt) % nodes.Count], body, repeatable, name, hash); attempt++)
            {
                Interlocked.Increment(ref failures);
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private async Task<bool> TryAsync(Uri node, string body, string? repeatable, string name, string hash)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(node, "/v1/models/attest"))
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("X-API-Key", key);
        if (repeatable is not null)
        {
            request.Headers.Add("Idempotency-Key", repeatable);
        }

        try
        {
            using var response = await http.SendAsync(request, CancellationToken.None);
            var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
            if (response.IsSuccessStatusCode)
            {
                Acknowledged[name] = (JsonNode.Parse(text)!["receipt_id"]!.GetValue<string>(), hash);
                return true;
            }

            if ((int)response.StatusCode < 500)
            {
                Surprises.Add($"{(int)response.StatusCode} {text}");
                return true;
            }

            return false;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            return false;
        }
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            try
            {
                Checkpoints[await http.GetStringAsync(new Uri(nodes[n % nodes.Count], "/log/checkpoint"), CancellationToken.None)] = true;
                await Task.Delay(20, CancellationToken.None);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    public void Dispose() => http.Dispose();
}
