using Aixv.Track.Hosting;
using Microsoft.Net.Http.Headers;

namespace Aixv.Track.Pages;

/// <summary><c>/assets/</c>: script, style and fonts. Most names hold a hash of the content; such files are kept for ever.</summary>
internal sealed class AssetRoutes(PageAssets assets)
{
    private const string Folder = "assets/";
    private const int HashLength = 8;
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string AnHour = "public, max-age=3600";

    public void Map(ApiRoutes routes)
    {
        routes.Open("GET", "/assets/{**path}", call => AnswerAsync(call, Folder + call.Route("path"), IsHashed(call.Route("path")) ? Immutable : AnHour));
        foreach (var path in assets.Paths.Where(path => !path.Contains('/', StringComparison.Ordinal)))
        {
            routes.Open("GET", $"/{path}", call => AnswerAsync(call, path, AnHour));
        }
    }

    /// <summary>Whether the name ends with a hash, as <c>main-CWgTqNjv.css</c>.</summary>
    private static bool IsHashed(string name) => Path.GetFileNameWithoutExtension(name) is { Length: > HashLength } stem && stem[^(HashLength + 1)] == '-';

    private async Task AnswerAsync(ApiCall call, string path, string cache)
    {
        var asset = assets.Find(path) ?? throw ApiError.NotFound("there is no such file");
        var headers = call.Context.Response.Headers;
        headers.CacheControl = cache;
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        var body = asset.Plain;
        if (asset.Brotli is not null || asset.Gzip is not null)
        {
            headers.Vary = HeaderNames.AcceptEncoding;
            (body, var encoding) = Choose(asset, call.Context.Request.Headers.AcceptEncoding.ToString());
            if (encoding is not null)
            {
                headers.ContentEncoding = encoding;
            }
        }

        await call.AnswerAsync(body, contentType: asset.Type);
    }

    private static (byte[] Body, string? Encoding) Choose(Asset asset, string accepted) => (Accepted.Has(accepted, "br"), Accepted.Has(accepted, "gzip")) switch
    {
        (true, _) when asset.Brotli is { } brotli => (brotli, "br"),
        (_, true) when asset.Gzip is { } gzip => (gzip, "gzip"),
        _ => (asset.Plain, null),
    };
}
