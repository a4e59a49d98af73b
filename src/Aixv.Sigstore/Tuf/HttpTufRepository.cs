using System.Net;

namespace Aixv.Sigstore.Tuf;

/// <summary>A TUF repository over HTTP: metadata at the URL, targets below <c>targets/</c>.</summary>
/// <remarks>Redirects are not followed. What fails in passing (network, 408, 429, 5xx) is tried again twice.</remarks>
public sealed class HttpTufRepository : ITufRepository, IDisposable
{
    private const int Attempts = 3;
    private readonly Lazy<HttpClient> client;
    private readonly Uri baseUrl;

    public HttpTufRepository(Uri url) : this(url, static () => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 64,
    })
    {
    }

    /// <param name="handler">Called at the first request; what it gives is disposed with this, and must not follow redirects.</param>
    internal HttpTufRepository(Uri url, Func<HttpMessageHandler> handler)
    {
        ArgumentNullException.ThrowIfNull(url);
        baseUrl = new Uri(url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
        client = new(() => new HttpClient(handler()) { Timeout = Timeout.InfiniteTimeSpan });
    }

    /// <summary>How long one attempt may take, from the request to the last byte.</summary>
    internal TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause before the second attempt; it grows fourfold.</summary>
    internal TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(250);

    public async Task<byte[]?> FetchAsync(string path, int maximumLength, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var url = new Uri(baseUrl.AbsoluteUri + path);
        var pause = Pause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AttemptAsync(url, maximumLength, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException e) when (attempt < Attempts && IsPassing(e.StatusCode))
            {
                await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
                pause *= 4;
            }
        }
    }

    private async Task<byte[]?> AttemptAsync(Uri url, int maximumLength, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(AttemptTimeout);
        try
        {
            using var response = await client.Value.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);

            // Stores that do not tell strangers which objects exist answer 403.
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
            {
                return null;
            }

            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new HttpRequestException($"{url}: answered {(int)response.StatusCode}", null, response.StatusCode);
            }

            return await BoundedReader.ReadAsync(response.Content, maximumLength, url.AbsolutePath, timeout.Token).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new HttpRequestException($"{url}: the answer broke off ({e.Message})", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{url}: no complete answer within {AttemptTimeout.TotalSeconds:0} s", e);
        }
    }

    private static bool IsPassing(HttpStatusCode? status) =>
        status is null or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    public void Dispose()
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }
}
