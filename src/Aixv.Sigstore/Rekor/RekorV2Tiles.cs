using System.Net;
using Aixv.Sigstore.Transport;
using Aixv.Transparency.Storage;

namespace Aixv.Sigstore.Rekor;

/// <summary>The published files of a Rekor v2 log: checkpoint, tiles and entry bundles under <c>/api/v2</c> (C2SP tlog-tiles).</summary>
internal sealed class RekorV2Tiles(ServiceTransport transport, Uri baseUrl) : ITileSource
{
    // 256 entries of at most 64 KiB.
    private const int MaximumFile = 17 * 1024 * 1024;

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        var url = new Uri($"{baseUrl.AbsoluteUri.TrimEnd('/')}/api/v2/{path}");
        var request = new ServiceRequest("Rekor", HttpMethod.Get, url) { Accept = "*/*", MaximumBytes = MaximumFile };
        var response = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.Status == HttpStatusCode.NotFound ? null : response.Accepted().Body;
    }
}
