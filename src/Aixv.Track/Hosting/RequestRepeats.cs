using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>
/// <c>Idempotency-Key</c>: the first answer is given again to the same request, another request with the key is refused, and a request that
/// comes while the first one runs waits for it.
/// </summary>
/// <remarks>
/// Answers of success are kept for a day. The key is also kept with the first entry that the request writes: if the server dies between the
/// entry and the answer, or another node has the repetition, the handler finds the entry by it (<see cref="Log.Existing"/>).
/// </remarks>
internal sealed class RequestRepeats(IScratch scratch, TimeProvider time, ILogger logger)
{
    private const string Header = "Idempotency-Key";
    private const int MaximumKey = 255;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<(Realm Realm, string Key), Task> running = new();

    public async Task RunAsync(HttpContext context, RouteAccess access, TenantSession session, Func<Task> handle)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || context.Request.Headers[Header] is not [{ } key])
        {
            await handle();
            return;
        }

        RequireKey(key);
        var body = await RequestBody.ReadAsync(context, access.MaximumBody);
        var request = new RequestKey(key, Fingerprint(context.Request, body.Span));
        var slot = (session.Tenant.Realm, key);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (running.GetOrAdd(slot, done.Task) is var other && other != done.Task)
        {
            await other.WaitAsync(context.RequestAborted);
        }

        try
        {
            await AnswerOnceAsync(context, access, session, request, handle);
        }
        finally
        {
            running.TryRemove(slot, out _);
            done.SetResult();
        }
    }

    private static void RequireKey(string key)
    {
        if (key.Length is 0 or > MaximumKey || key.Any(c => c is < ' ' or > '~'))
        {
            throw ApiError.InvalidInput(Header, $"expected 1 to {MaximumKey} printable ASCII characters");
        }
    }

    private static byte[] Fingerprint(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private async Task AnswerOnceAsync(HttpContext context, RouteAccess access, TenantSession session, RequestKey request, Func<Task> handle)
    {
        var now = time.GetUtcNow();
        if (await scratch.FindAnswerAsync(session.Tenant.Realm, request.Key, now, context.RequestAborted) is { } kept)
        {
            await RepeatAsync(context, request, kept);
            return;
        }

        session.RequestKey = request;
        var original = context.Response.Body;
        using var copy = new MemoryStream();
        context.Response.Body = copy;
        try
        {
            await handle();
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            context.Response.Body = original;
        }

        if (context.Response.StatusCode is >= 200 and < 300 && access.KeepsAnswers)
        {
            await KeepAsync(session, request, context, copy.ToArray(), now);
        }

        await original.WriteAsync(copy.GetBuffer().AsMemory(0, (int)copy.Length), context.RequestAborted);
    }

    private static async Task RepeatAsync(HttpContext context, RequestKey request, StoredAnswer kept)
    {
        if (!kept.Fingerprint.Span.SequenceEqual(request.Fingerprint.Span))
        {
            throw ApiError.Conflict($"this {Header} was used with another request");
        }

        context.Response.Headers["Idempotency-Replayed"] = "true";
        await JsonAnswer.WriteAsync(context, kept.Body, kept.ContentType, (HttpStatusCode)kept.Status);
    }

    private async Task KeepAsync(TenantSession session, RequestKey request, HttpContext context, byte[] body, DateTimeOffset now)
    {
        var answer = new StoredAnswer(request.Fingerprint, context.Response.StatusCode, context.Response.ContentType ?? "", body, now + Lifetime);
        try
        {
            await scratch.KeepAnswerAsync(session.Tenant.Realm, request.Key, answer, now, CancellationToken.None);
        }
        catch (IOException e)
        {
            // What was written is written; a repetition finds it by the key that its entry holds.
            logger.ScratchFailed(e);
        }
    }
}
