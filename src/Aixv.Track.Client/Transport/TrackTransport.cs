using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Aixv.Track.Client.Transport;

/// <summary>Requests with their key, repeated where that is safe: reads, and writes under one Idempotency-Key.</summary>
internal sealed class TrackTransport(HttpClient http, string? key, TimeProvider time)
{
    private const int Attempts = 4;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, type, cancellationToken).ConfigureAwait(false);
    }

    public async Task<byte[]> GetBytesAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, default, cancellationToken);

    public Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken) =>
        PostAsync(path, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), type, cancellationToken);

    public async Task<T> PostAsync<T>(string path, ReadOnlyMemory<byte> body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Post, path, body, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, type, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            return await JsonSerializer.DeserializeAsync(content, type, cancellationToken).ConfigureAwait(false) ?? throw new InvalidDataException("track: the answer is empty");
        }
    }

    /// <returns>A good answer.</returns>
    /// <exception cref="TrackException">The registry refused.</exception>
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var idempotency = Guid.NewGuid().ToString();
        for (var attempt = 1; ; attempt++)
        {
            HttpResponseMessage response;
            try
            {
                using var request = Build(method, path, body, idempotency);
                response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException) when (attempt < Attempts)
            {
                await Task.Delay(WaitAfter(attempt, null), time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                if (attempt == Attempts || !IsPassing(response.StatusCode))
                {
                    throw await TrackException.OfAsync(response, cancellationToken).ConfigureAwait(false);
                }

                await Task.Delay(WaitAfter(attempt, response.Headers.RetryAfter?.Delta), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private HttpRequestMessage Build(HttpMethod method, string path, ReadOnlyMemory<byte> body, string idempotency)
    {
        var request = new HttpRequestMessage(method, path);
        if (key is not null)
        {
            request.Headers.Add("X-API-Key", key);
        }

        if (method == HttpMethod.Post)
        {
            request.Headers.Add("Idempotency-Key", idempotency);
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return request;
    }

    private static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private static TimeSpan WaitAfter(int attempt, TimeSpan? asked) => asked is { } wait ? (wait < LongestWait ? wait : LongestWait) : FirstWait * (1 << attempt);
}
