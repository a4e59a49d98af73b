using System.Net;

namespace Aixv.Sigstore.Transport;

/// <summary>Sends requests to Sigstore services: bounded in size and time, and sent again when the network or the service failed.</summary>
/// <param name="http">Should not follow redirects, see <see cref="CreateHttpClient"/>.</param>
/// <param name="time">The clock of pauses and Retry-After dates.</param>
/// <param name="retries">When to try again; null is <see cref="RetryPolicy.Default"/>.</param>
public sealed class ServiceTransport(HttpClient http, TimeProvider time, RetryPolicy? retries = null)
{
    private readonly RetryPolicy policy = retries ?? RetryPolicy.Default;

    /// <summary>The clock of pauses.</summary>
    internal TimeProvider Time => time;

    /// <summary>A client as signing needs it: no redirects (a token is for one host), no cookies, the system's proxy.</summary>
    public static HttpClient CreateHttpClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 64,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>The answer to <paramref name="request"/>, whatever its status, unless the status says to try again (429, 5xx).</summary>
    /// <exception cref="HttpRequestException">No answer, only failures of the service, or an answer out of bounds.</exception>
    internal async Task<ServiceResponse> SendAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            TimeSpan? asked = null;
            HttpRequestException failure;
            try
            {
                var (response, retryAfter) = await SendOnceAsync(request, cancellationToken).ConfigureAwait(false);
                if (!IsTransient(response.Status))
                {
                    return response;
                }

                asked = retryAfter;
                var message = response.Message();
                failure = new HttpRequestException(
                    HttpRequestError.Unknown, $"{request.Name} failed: HTTP {(int)response.Status}{(message.Length > 0 ? $": {message}" : "")}", null, response.Status);
            }
            catch (HttpRequestException e) when (e.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded)
            {
                failure = new HttpRequestException(e.HttpRequestError, $"{request.Name} cannot be reached: {e.Message}", e, e.StatusCode);
                if (e.HttpRequestError == HttpRequestError.SecureConnectionError)
                {
                    // A certificate that is not trusted now will not be in a second.
                    throw failure;
                }
            }

            if (policy.DelayAfter(failures, asked) is not { } delay)
            {
                throw failures == 1 ? failure : new HttpRequestException(
                    failure.HttpRequestError, $"{failure.Message} (after {failures} attempts)", failure.InnerException, failure.StatusCode);
            }

            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || ((int)status >= 500 && status != HttpStatusCode.NotImplemented);

    private async Task<(ServiceResponse Response, TimeSpan? RetryAfter)> SendOnceAsync(ServiceRequest request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(request.Timeout);
        using var message = request.ToMessage();
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            RequireSameAddress(request, message);
            var body = await ReadBodyAsync(request, response, limit.Token).ConfigureAwait(false);
            var answer = new ServiceResponse(request, response.StatusCode, body)
            {
                Location = response.Headers.Location is { } location ? new Uri(request.Url, location) : null,
                LogIndex = response.Headers.TryGetValues("x-log-index", out var values) ? values.FirstOrDefault() : null,
            };
            return (answer, RetryAfter(response));
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.Unknown, $"no answer within {request.Timeout.TotalSeconds:0} s", e);
        }
        catch (IOException e)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, $"the answer broke off ({e.Message})", e);
        }
    }

    // A caller's client may follow redirects by itself: the request then went to an address nobody chose.
    private static void RequireSameAddress(ServiceRequest request, HttpRequestMessage sent)
    {
        if (sent.RequestUri != request.Url)
        {
            throw new HttpRequestException(
                HttpRequestError.ConfigurationLimitExceeded, $"{request.Name} redirects to {sent.RequestUri?.GetLeftPart(UriPartial.Path)}; redirects are not followed");
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(ServiceRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > request.MaximumBytes)
        {
            throw TooLarge(request);
        }

        // Disposing the response disposes the stream.
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > request.MaximumBytes)
            {
                throw TooLarge(request);
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private static HttpRequestException TooLarge(ServiceRequest request) => new(
        HttpRequestError.ConfigurationLimitExceeded, $"{request.Name}: the answer is larger than {request.MaximumBytes} bytes");

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        var header = response.Headers.RetryAfter;
        var delay = header?.Delta ?? (header?.Date - time.GetUtcNow());
        return delay > TimeSpan.Zero ? delay : null;
    }
}
