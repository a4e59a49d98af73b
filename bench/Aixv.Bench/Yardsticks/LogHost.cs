using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;
using System.Net;
using Aixv.Authority.RekorLog;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aixv.Bench.Yardsticks;

/// <summary>A server of a log, with the ceilings of the same server beside it: a body that is only read, a tile that is only sent.</summary>
internal sealed class LogHost : IAsyncDisposable
{
    internal const int EntryBytes = 1024;
    private const int TileBytes = 8192;
    private readonly WebApplication app;
    private readonly TileLog log;
    private readonly SigningKey key;

    private LogHost(WebApplication app, TileLog log, SigningKey key)
    {
        this.app = app;
        this.log = log;
        this.key = key;
    }

    internal string Url => app.Urls.First();

    internal TileLog Log => log;

    /// <summary>Starts a server of a new log in <paramref name="folder"/>.</summary>
    internal static async Task<LogHost> StartAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var store = new FileTileStore(folder);
        var log = await TileLog.OpenAsync(store, new NoteSigner("bench.test/log", key), new TileLogOptions(), TimeProvider.System);
        var tile = new byte[TileBytes];
        app.MapPost("/ceiling", (RequestDelegate)(c => ReadAsync(c)));
        app.MapPost("/entries", (RequestDelegate)(c => AppendAsync(c, log)));
        app.MapGet("/ceiling/tile", (RequestDelegate)(c => SendAsync(c, tile)));
        app.MapGet("/ceiling/file", (RequestDelegate)(c => SendFileAsync(c, Path.Combine(folder, "tile", "0", "000"))));
        LogFiles.Map(app, "", store);
        await app.StartAsync();
        return new LogHost(app, log, key);
    }

    private static async Task ReadAsync(HttpContext context)
    {
        await ReadBodyAsync(context);
        await SendAsync(context, "0\n"u8.ToArray());
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context)
    {
        var body = new byte[EntryBytes];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        return body;
    }

    /// <summary>Answers with the entry's index, its inclusion proof and the checkpoint.</summary>
    private static async Task AppendAsync(HttpContext context, TileLog log)
    {
        var entry = await log.AppendAsync(await ReadBodyAsync(context), context.RequestAborted);
        context.Response.ContentType = "application/octet-stream";
        WriteAnswer(context.Response.BodyWriter, entry);
    }

    private static void WriteAnswer(PipeWriter output, AppendedEntry entry)
    {
        const int NumberLength = 20;
        const int HashLength = 44;
        var checkpoint = entry.Checkpoint.ToBytes();
        var span = output.GetSpan(NumberLength + 1 + (HashLength + 1) * entry.Proof.Hashes.Length + 1 + checkpoint.Length);
        Utf8Formatter.TryFormat(entry.Index, span, out var written);
        span[written++] = (byte)'\n';
        foreach (var hash in entry.Proof.Hashes)
        {
            Base64.EncodeToUtf8(hash.Span, span[written..], out _, out var length);
            written += length;
            span[written++] = (byte)'\n';
        }

        span[written++] = (byte)'\n';
        checkpoint.CopyTo(span[written..]);
        output.Advance(written + checkpoint.Length);
    }

    private static Task SendAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = bytes.Length;
        context.Response.BodyWriter.Write(bytes.Span);
        return Task.CompletedTask;
    }

    private static Task SendFileAsync(HttpContext context, string file)
    {
        context.Response.ContentType = "application/octet-stream";
        return context.Response.SendFileAsync(file, context.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await log.DisposeAsync();
        key.Dispose();
    }
}
