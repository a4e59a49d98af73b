using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Aixv.Cli.Tests.Publishing.Servers;

/// <summary>What hubs and registries redirect to for large files: by digest, to anybody. Whoever sends it a secret has leaked it.</summary>
internal sealed class ContentServer : PeerServer
{
    private readonly ConcurrentDictionary<string, byte[]> contents = new();

    /// <summary>Authorization headers that arrived here and never should.</summary>
    public ConcurrentQueue<string> Leaked { get; } = new();

    /// <summary>Which parts were asked for.</summary>
    public ConcurrentQueue<string> Ranges { get; } = new();

    /// <summary>Breaks the connection after so many bytes, as long as it is set.</summary>
    public int? BreakAfter { get; set; }

    public Uri Add(byte[] content)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(content));
        contents[digest] = content;
        return new Uri(Url, $"content/{digest}?signature=x");
    }

    protected override async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count > 0)
        {
            Leaked.Enqueue(context.Request.Headers.Authorization.ToString());
        }

        Ranges.Enqueue(context.Request.Headers.Range.ToString());
        if (contents.TryGetValue(context.Request.Path.Value!.Split('/')[^1], out var content))
        {
            await SendAsync(context, content, "application/octet-stream", $"\"{context.Request.Path.Value.Split('/')[^1]}\"", BreakAfter);
        }
        else
        {
            context.Response.StatusCode = 404;
        }
    }
}
