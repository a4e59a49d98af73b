using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>A registry that takes batches. What fails for a while is tried again: a batch is taken once, however often it is sent.</summary>
internal sealed class ImportTarget : IDisposable
{
    private const int Attempts = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private readonly HttpClient http;
    private readonly TimeProvider time;

    public ImportTarget(App app, Uri url, string key)
    {
        http = app.Http is { } handler ? new HttpClient(handler()) : new HttpClient();
        http.BaseAddress = url;
        http.Timeout = Patience;
        http.DefaultRequestHeaders.Add("X-API-Key", key);
        time = app.Time;
    }

    /// <summary>What the registry has of an input; null where nothing.</summary>
    public async Task<ImportState?> FindAsync(string input, CancellationToken cancellationToken)
    {
        var (_, answer) = await SendAsync(HttpMethod.Get, $"v1/import?input={input}", default, cancellationToken);
        if (answer["latest"] is not JsonObject latest || ImportProgress.Read(latest["progress"]) is not { } progress)
        {
            return null;
        }

        var run = new ImportRun(input, (string)latest["run"]!, (string)latest["source"]!) { Number = (long)latest["number"]!, Progress = progress };
        return new ImportState(run, (bool)latest["last"]!, (bool)latest["newest"]!);
    }

    public Task SendAsync(ReadOnlyMemory<byte> batch, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, "v1/import", batch, cancellationToken);

    /// <summary>Gives a signed bundle to the registry; null when it takes it, else why not.</summary>
    public async Task<string?> AttestAsync(ReadOnlyMemory<byte> bundle, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(HttpMethod.Post, "v1/attestations", bundle, cancellationToken);
            return null;
        }
        catch (CommandFailure e)
        {
            return e.Message;
        }
    }

    /// <exception cref="CommandFailure">The registry refused it.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    private async Task<(HttpStatusCode Status, JsonObject Answer)> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path);
                if (!body.IsEmpty)
                {
                    request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                }

                using var response = await http.SendAsync(request, cancellationToken);
                var answer = Parse(await response.Content.ReadAsStringAsync(cancellationToken));
                if (response.IsSuccessStatusCode && answer is not null)
                {
                    return (response.StatusCode, answer);
                }

                if (attempt == Attempts || response.StatusCode is not (HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                {
                    throw new CommandFailure((string?)answer?["message"] ?? $"the registry answered with status {(int)response.StatusCode}");
                }
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                // It may be starting again.
            }

            await Task.Delay(FirstWait * (1 << attempt), time, cancellationToken);
        }
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => http.Dispose();
}
