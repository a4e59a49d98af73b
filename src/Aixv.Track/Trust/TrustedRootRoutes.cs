using System.Text;
using Aixv.Sigstore.Trust;
using Aixv.Track.Hosting;

namespace Aixv.Track.Trust;

/// <summary><c>GET /v1/trusted-root</c>: the Sigstore instances that this server verifies with, so that a reader can verify again.</summary>
internal sealed class TrustedRootRoutes(IReadOnlyList<TrustedRoot> roots)
{
    private readonly byte[] json = Encoding.UTF8.GetBytes($"[{string.Join(',', roots.Select(root => Encoding.UTF8.GetString(root.Json.Span)))}]");

    public void Map(ApiRoutes routes) => routes.Open("GET", "/v1/trusted-root", AnswerAsync);

    private Task AnswerAsync(ApiCall call)
    {
        call.Context.Response.Headers.CacheControl = "no-cache";
        return call.AnswerAsync(json);
    }
}
