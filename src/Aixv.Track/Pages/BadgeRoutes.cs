using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Graphs;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;

namespace Aixv.Track.Pages;

/// <summary><c>/badge/sha256:….svg</c>: how much is proved of an artifact, as an image for model cards. Kept for a minute, then asked for again by its tag.</summary>
internal sealed class BadgeRoutes(GraphPictures pictures)
{
    private const string Extension = ".svg";
    private const int TagLength = 8;

    public void Map(ApiRoutes routes) => routes
        .Open("GET", "/badge/{file}", AnswerAsync)
        .Open("GET", "/favicon.svg", call => SendAsync(call, Badge.Icon, "public, max-age=86400"));

    private async Task AnswerAsync(ApiCall call)
    {
        var file = call.Route("file");
        var text = file.EndsWith(Extension, StringComparison.Ordinal) ? file[..^Extension.Length] : file;
        if (!Digest.TryParse(text, out var digest) && !Digest.TryParse($"sha256:{text}", out digest))
        {
            throw ApiError.InvalidInput("digest", "expected /badge/sha256:, 64 lower-case hex digits and .svg");
        }

        var node = await pictures.FindNodeAsync(call.Registry.PublicView, NodeKey.Of(digest), call.Cancelled);
        await SendAsync(call, Badge.Of(StateOf(node)), "public, max-age=60");
    }

    /// <summary>A recall weighs more than any proof. What only unsigned links say changes nothing.</summary>
    private static BadgeState StateOf(JsonObject? node) => node switch
    {
        null => BadgeState.Unknown,
        _ when Facts.Text(node["recalled"]?["state"]) == "recalled" => BadgeState.Recalled,
        _ when node["recalled"] is not null && Facts.IsTrue(node["recalled"]!["certain"]) => BadgeState.Affected,
        _ => Facts.Text(node["tier"]) switch
        {
            "attested" => BadgeState.Attested,
            "identified" => BadgeState.Identified,
            _ => BadgeState.Described,
        },
    };

    private static async Task SendAsync(ApiCall call, string svg, string cache)
    {
        var body = Encoding.UTF8.GetBytes(svg);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, TagLength))}\"";
        var headers = call.Context.Response.Headers;
        headers.CacheControl = cache;
        headers.ETag = tag;
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (call.Context.Request.Headers.IfNoneMatch.Any(given => given is "*" || given?.Contains(tag, StringComparison.Ordinal) == true))
        {
            call.Context.Response.StatusCode = (int)HttpStatusCode.NotModified;
            return;
        }

        await call.AnswerAsync(body, contentType: "image/svg+xml");
    }
}
