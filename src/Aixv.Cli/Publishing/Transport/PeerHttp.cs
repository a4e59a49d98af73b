using System.Globalization;
using System.Net;

namespace Aixv.Cli.Publishing.Transport;

/// <summary>Speaks HTTP to hubs and registries: over https or with this machine, following redirects without secrets, again where that is safe, and never more than was asked for.</summary>
internal sealed class PeerHttp : IDisposable
{
    private const int MaximumRedirects = 5;
    private const int Attempts = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private readonly HttpClient http;
    private readonly TimeProvider time;

    public PeerHttp(App app)
    {
        time = app.Time;
        http = new HttpClient(app.Http?.Invoke() ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 64,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>How long a peer may be silent.</summary>
    public static TimeSpan Silence => Patience;

    public void Dispose() => http.Dispose();

    /// <summary>Sends a request and reads the whole answer.</summary>
    /// <exception cref="HttpRequestException">No answer, or one out of bounds.</exception>
    public async Task<PeerAnswer> SendAsync(PeerRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan? asked = null;
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(Patience);
                var answer = await SendOnceAsync(request, limit.Token);
                if (attempt == Attempts || !IsPassing(answer.Status, request.Method))
                {
                    return answer;
                }

                asked = RetryAfter(answer);
            }
            catch (HttpRequestException e) when (attempt < Attempts && IsRepeatable(request.Method) && e.HttpRequestError is not (HttpRequestError.SecureConnectionError or HttpRequestError.ConfigurationLimitExceeded))
            {
                // Once more, after a while.
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new HttpRequestException($"{request.Address.Authority} did not answer within {Patience.TotalSeconds:0} s", e);
            }

            await Task.Delay(WaitAfter(attempt, asked), time, cancellationToken);
        }
    }

    private async Task<PeerAnswer> SendOnceAsync(PeerRequest request, CancellationToken cancellationToken)
    {
        using var response = await OpenAsync(request, cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => h.Value.First(), StringComparer.OrdinalIgnoreCase);
        return new PeerAnswer(response.StatusCode, response.RequestMessage!.RequestUri!, headers, await ReadAsync(request, response, cancellationToken));
    }

    private static async Task<byte[]> ReadAsync(PeerRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[16 * 1024];
        for (int read; (read = await ReadOnceAsync(stream, buffer, request.Address, cancellationToken)) > 0;)
        {
            if (content.Length + read > request.MaximumBytes)
            {
                throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, $"{request.Address} answered with more than {request.MaximumBytes} bytes");
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static async ValueTask<int> ReadOnceAsync(Stream stream, Memory<byte> buffer, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpIOException)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, $"{address.Authority}: the answer broke off: {e.Message}", e);
        }
    }

    /// <summary>Sends a request once, follows redirects of what only reads, and returns the answer's head.</summary>
    /// <exception cref="HttpRequestException">No answer, or a redirect to where nothing is fetched from.</exception>
    public async Task<HttpResponseMessage> OpenAsync(PeerRequest request, CancellationToken cancellationToken)
    {
        var address = request.Address;
        for (var hop = 0; ; hop++)
        {
            RequireSafe(address);
            HttpResponseMessage response;
            using (var message = request.ToMessage(address))
            {
                try
                {
                    response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                }
                catch (HttpRequestException e)
                {
                    throw new HttpRequestException(e.HttpRequestError, $"{address.Authority} cannot be reached: {e.Message}", e, e.StatusCode);
                }
            }

            if (!IsRedirect(response.StatusCode) || !(request.Method == HttpMethod.Get || request.Method == HttpMethod.Head) || response.Headers.Location is not { } location)
            {
                return response;
            }

            var next = new Uri(address, location);
            response.Dispose();
            if (hop == MaximumRedirects)
            {
                throw new HttpRequestException($"{request.Address} redirects more than {MaximumRedirects} times");
            }

            if (address.Scheme == "https" && next.Scheme != "https")
            {
                throw new HttpRequestException($"{address.Authority} redirects to {next.Scheme}://{next.Authority}, where anybody in between could read and change what is fetched: refused");
            }

            address = next;
        }
    }

    private static void RequireSafe(Uri address)
    {
        if (!PublishedPlaces.IsSafe(address) || address.UserInfo.Length > 0)
        {
            throw new HttpRequestException($"{address.Scheme}://{address.Authority}: only https addresses are asked, and http ones of this machine");
        }
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private static bool IsRepeatable(HttpMethod method) => method != HttpMethod.Post;

    private static bool IsPassing(HttpStatusCode status, HttpMethod method) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable || (IsRepeatable(method) && status is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout);

    private static TimeSpan? RetryAfter(PeerAnswer answer) =>
        int.TryParse(answer.Header("Retry-After"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    public static TimeSpan WaitAfter(int attempt, TimeSpan? asked) => asked is { } wait ? (wait < LongestWait ? wait : LongestWait) : FirstWait * (1 << attempt);
}
