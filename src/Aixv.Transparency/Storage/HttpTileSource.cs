using System.Net;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Storage;

/// <summary>Reads a log's public files from a server (C2SP tlog-tiles).</summary>
/// <param name="http">Stays the caller's to dispose.</param>
/// <param name="prefix">The URL that <c>checkpoint</c> and <c>tile/</c> are below.</param>
public sealed class HttpTileSource(HttpClient http, Uri prefix) : ITileSource
{
    private readonly string root = prefix.AbsoluteUri.TrimEnd('/');

    /// <exception cref="HttpRequestException">The server cannot be reached, answers another status than 200 and 404, or too much.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var url = new Uri($"{root}/{path}");
        using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"log: {url}: status {(int)response.StatusCode}", null, response.StatusCode);
        }

        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var content = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            if (content.Length + read > TileShape.MaximumFile)
            {
                throw new HttpRequestException($"log: {url}: more than {TileShape.MaximumFile} bytes");
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
