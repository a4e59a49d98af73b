using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aixv.Cli.Tests.Publishing.Servers;

/// <summary>A server on a free port of this machine, that remembers what it was asked and can be told to fail.</summary>
internal abstract class PeerServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<(Func<HttpRequest, bool> When, int Status)> failures = [];

    protected PeerServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(async context =>
        {
            Requests.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            if (TakeFailure(context.Request) is { } status)
            {
                context.Response.StatusCode = status;
                return;
            }

            await HandleAsync(context);
        });
    }

    /// <summary>In the order of asking.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public IEnumerable<string> Writes => Requests.Where(r => !r.StartsWith("GET ", StringComparison.Ordinal) && !r.StartsWith("HEAD ", StringComparison.Ordinal));

    public Uri Url { get; private set; } = null!;

    protected abstract Task HandleAsync(HttpContext context);

    /// <summary>The next request of this kind is answered with this status.</summary>
    public void Fail(Func<HttpRequest, bool> when, int status)
    {
        lock (failures)
        {
            failures.Add((when, status));
        }
    }

    private int? TakeFailure(HttpRequest request)
    {
        lock (failures)
        {
            var at = failures.FindIndex(f => f.When(request));
            if (at < 0)
            {
                return null;
            }

            var status = failures[at].Status;
            failures.RemoveAt(at);
            return status;
        }
    }

    public async Task StartAsync()
    {
        await app.StartAsync(TestContext.Current.CancellationToken);
        Url = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    protected static async Task AnswerAsync(HttpContext context, int status, string json, string contentType = "application/json")
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(json, context.RequestAborted);
    }

    protected static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    /// <summary>Bytes, or the part of them that is asked for (RFC 9110 §14), unless the tag is another one.</summary>
    protected static async Task SendAsync(HttpContext context, byte[] content, string contentType, string? tag, int? breakAfter = null)
    {
        var response = context.Response;
        response.ContentType = contentType;
        if (tag is not null)
        {
            response.Headers.ETag = tag;
        }

        response.Headers.AcceptRanges = "bytes";
        var range = context.Request.GetTypedHeaders().Range?.Ranges.FirstOrDefault();
        var isWanted = range?.From is not null && (context.Request.Headers.IfRange.Count == 0 || context.Request.Headers.IfRange == tag);
        var from = isWanted ? (int)range!.From!.Value : 0;
        if (isWanted && from >= content.Length)
        {
            response.StatusCode = 416;
            response.Headers.ContentRange = $"bytes */{content.Length}";
            return;
        }

        if (isWanted)
        {
            response.StatusCode = 206;
            response.Headers.ContentRange = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        response.ContentLength = content.Length - from;
        if (context.Request.Method == "HEAD")
        {
            return;
        }

        if (breakAfter is { } count && from + count < content.Length)
        {
            await response.Body.WriteAsync(content.AsMemory(from, count), context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            context.Abort();
            return;
        }

        await response.Body.WriteAsync(content.AsMemory(from), context.RequestAborted);
    }
}
