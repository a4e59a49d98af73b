using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using Aixv.Track.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Aixv.Track.Pages;

/// <summary>Sends a page: with what keeps browsers from doing more with it than it needs, and not again where the reader has it already.</summary>
internal sealed class PageAnswer(PageFrame frame, bool isSecure)
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private const int WorthIt = 1024;
    private const int TagLength = 16;

    private readonly KeptPages kept = new();

    public Task SendAsync(ApiCall call, Page page, HttpStatusCode status = HttpStatusCode.OK) => SendAsync(call.Context, frame.Write(page), status, call.IsSignedIn);

    /// <summary>Sends a page that follows from the entries alone; <paramref name="make"/> answers null where it sent something else.</summary>
    public async Task SendKeptAsync(ApiCall call, string address, Func<Task<Page?>> make)
    {
        var size = await call.Registry.PublicView.SizeAsync(call.Cancelled);
        var body = call.IsSignedIn ? null : kept.Find(address, size);
        if (body is null)
        {
            if (await make() is not { } page)
            {
                return;
            }

            body = frame.Write(page);
            if (!call.IsSignedIn)
            {
                kept.Keep(address, size, body);
            }
        }

        await SendAsync(call.Context, body, HttpStatusCode.OK, call.IsSignedIn);
    }

    /// <summary>Says that there is nothing at this address.</summary>
    public Task SendMissingAsync(HttpContext context) => SendAsync(context, frame.Write(MissingPage.Of(context.Request.Path.ToString())), HttpStatusCode.NotFound, isPrivate: false);

    private async Task SendAsync(HttpContext context, byte[] body, HttpStatusCode status, bool isPrivate)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers.CacheControl = isPrivate ? "private, no-store" : "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (isSecure)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, TagLength))}\"";
        headers.ETag = tag;
        if (status == HttpStatusCode.OK && context.Request.Headers.IfNoneMatch.Contains(tag))
        {
            context.Response.StatusCode = (int)HttpStatusCode.NotModified;
            return;
        }

        if (body.Length >= WorthIt && Accepted.Has(context.Request.Headers.AcceptEncoding.ToString(), "br"))
        {
            headers.ContentEncoding = "br";
            body = Compress(body);
        }

        await JsonAnswer.WriteAsync(context, body, "text/html; charset=utf-8", status);
    }

    private static byte[] Compress(byte[] body)
    {
        using var compressed = new MemoryStream(body.Length / 4);
        using (var stream = new BrotliStream(compressed, CompressionLevel.Fastest))
        {
            stream.Write(body);
        }

        return compressed.ToArray();
    }
}
