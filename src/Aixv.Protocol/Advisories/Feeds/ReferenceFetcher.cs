using System.Net;

namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>Reads files and https addresses up to a size. Redirects stay on the host and on https; pages for people are refused.</summary>
/// <param name="http">Must not follow redirects by itself.</param>
public sealed class ReferenceFetcher(HttpClient http)
{
    private const int MaximumRedirects = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Copies what is there.</summary>
    /// <exception cref="FormatException">It is larger, of a wrong content type, or leads elsewhere.</exception>
    /// <exception cref="HttpRequestException">The network failed, or the server refused.</exception>
    /// <exception cref="IOException">The disk failed, or there is no such file.</exception>
    public async Task CopyAsync(FeedReference reference, Stream target, long maximumBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.Path is { } path)
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            await using (file.ConfigureAwait(false))
            {
                await CopyAsync(reference, file, target, maximumBytes, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        try
        {
            using var response = await SendAsync(reference.Address!, timeout.Token).ConfigureAwait(false);
            RequireJson(reference, response);
            if (response.Content.Headers.ContentLength > maximumBytes)
            {
                throw TooLarge(reference, maximumBytes);
            }

            var content = await response.Content.ReadAsStreamAsync(timeout.Token).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                await CopyAsync(reference, content, target, maximumBytes, timeout.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{reference}: no whole answer within {Patience.TotalSeconds} s", e);
        }
    }

    /// <summary>The same, into memory.</summary>
    public async Task<byte[]> ReadAsync(FeedReference reference, int maximumBytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await CopyAsync(reference, content, maximumBytes, cancellationToken).ConfigureAwait(false);
        return content.ToArray();
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, CancellationToken cancellationToken)
    {
        var from = address;
        for (var i = 0; i <= MaximumRedirects; i++)
        {
            var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode is >= 300 and < 400 && response.Headers.Location is { } location)
            {
                response.Dispose();
                address = Follow(address, location);
                continue;
            }

            if (response.StatusCode == HttpStatusCode.OK)
            {
                return response;
            }

            response.Dispose();
            throw new HttpRequestException($"{from}: the server answered {(int)response.StatusCode} {response.StatusCode}", null, response.StatusCode);
        }

        throw new FormatException($"{from}: more than {MaximumRedirects} redirects");
    }

    private static Uri Follow(Uri from, Uri location)
    {
        var to = new Uri(from, location);
        return to.Scheme == Uri.UriSchemeHttps && to.Host == from.Host && to.Port == from.Port
            ? to
            : throw new FormatException($"{from}: redirected to {to.Scheme}://{to.Authority}; a feed must stay on https and on its host");
    }

    private static void RequireJson(FeedReference reference, HttpResponseMessage response)
    {
        var type = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant();
        if (type is not (null or "application/json" or "application/octet-stream" or "text/plain") && !type.EndsWith("+json", StringComparison.Ordinal))
        {
            throw new FormatException($"{reference}: content type {type}, expected application/json");
        }
    }

    private static async Task CopyAsync(FeedReference reference, Stream source, Stream target, long maximumBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        long total = 0;
        int count;
        while ((count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            total += count;
            if (total > maximumBytes)
            {
                throw TooLarge(reference, maximumBytes);
            }

            await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }
    }

    private static FormatException TooLarge(FeedReference reference, long maximumBytes) =>
        new($"{reference}: more than {maximumBytes} bytes, which is the most that is read");
}
