using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Aixv.Track.Keys;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;
using Microsoft.AspNetCore.Http;

namespace Aixv.Track.Hosting;

/// <summary>One request to the API, with its caller: what a feature's handler gets.</summary>
internal sealed class ApiCall(HttpContext context, Registry registry, RouteAccess access, TenantSession? session)
{
    /// <summary>The longest body that is read unless a route says otherwise.</summary>
    public const int DefaultMaximumBody = 1024 * 1024;

    public HttpContext Context => context;

    public Registry Registry => registry;

    public CancellationToken Cancelled => context.RequestAborted;

    /// <summary>The caller's session.</summary>
    /// <exception cref="ApiError">Nobody is signed in: only on routes that are open to all.</exception>
    public TenantSession Session => session ?? throw ApiError.Unauthorized("an API key or a token is needed (X-API-Key, or Authorization)");

    /// <summary>Who calls; null on routes that are open to all.</summary>
    public Caller? Caller => session?.Caller;

    /// <summary>What the caller sees: its own data and what is public, or only the latter.</summary>
    public TenantView PublicView => session is null ? registry.PublicView : session.View.AndPublic();

    /// <summary>For routes that are open to all: the caller's own data too where it has the scope, else only what is public.</summary>
    public TenantView ViewWith(string scope) => Caller?.May(scope) == true ? PublicView : registry.PublicView;

    /// <summary>A part of the path, decoded.</summary>
    public string Route(string name) => (string)context.Request.RouteValues[name]!;

    /// <summary>An id in the path: UUID, ULID, or prefix and ULID.</summary>
    /// <exception cref="ApiError">None of these.</exception>
    public TrackId RouteId(string name) => TrackId.TryParse(Route(name), out var id) ? id : throw ApiError.InvalidId(name, Route(name));

    /// <summary>A query parameter; null when absent or empty.</summary>
    /// <exception cref="ApiError">It is given twice.</exception>
    public string? Query(string name) => context.Request.Query[name] switch
    {
        [] or [""] or [null] => null,
        [var value] => value,
        _ => throw ApiError.InvalidInput(name, "is given more than once"),
    };

    /// <summary>A whole number in the query.</summary>
    /// <exception cref="ApiError">Not a number within the bounds.</exception>
    public int QueryNumber(string name, int fallback, int minimum, int maximum) => Query(name) switch
    {
        null => fallback,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum => number,
        _ => throw ApiError.InvalidInput(name, $"expected a number from {minimum} to {maximum}"),
    };

    /// <summary>The body, read once and kept.</summary>
    /// <exception cref="ApiError">Larger than the route takes.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync() => RequestBody.ReadAsync(context, access.MaximumBody);

    /// <summary>The body as one JSON object, without double members. The caller disposes of it.</summary>
    /// <param name="allowEmpty">Whether no body is the same as an empty object.</param>
    /// <exception cref="ApiError">It is something else.</exception>
    public async ValueTask<JsonDocument> ReadJsonAsync(bool allowEmpty = false)
    {
        var body = await ReadBodyAsync();
        if (!body.IsEmpty && !RequestBody.IsJson(context.Request))
        {
            throw ApiError.MediaType("application/json");
        }

        return RequestBody.ParseObject(body.IsEmpty && allowEmpty ? "{}"u8.ToArray() : body);
    }

    public Task AnswerAsync(ReadOnlyMemory<byte> body, HttpStatusCode status = HttpStatusCode.OK, string contentType = "application/json") =>
        JsonAnswer.WriteAsync(context, body, contentType, status);

    /// <summary>Answers with one JSON object whose members <paramref name="write"/> writes.</summary>
    public Task AnswerAsync(Action<Utf8JsonWriter> write, HttpStatusCode status = HttpStatusCode.OK) =>
        JsonAnswer.WriteAsync(context, JsonAnswer.Build(write), "application/json", status);

    /// <summary>Answers with what follows from a view and the request's address alone; what was answered before is kept while nothing changes.</summary>
    /// <param name="view">What the answer is made from.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="beside">Something else that it is made from, known by reference.</param>
    /// <param name="contentType">The media type.</param>
    public async Task AnswerKeptAsync(TenantView view, Func<ValueTask<ReadOnlyMemory<byte>>> make, object? beside = null, string contentType = "application/json")
    {
        var request = context.Request;
        var name = request.QueryString.HasValue ? request.Path.Value + request.QueryString.Value : request.Path.Value!;
        await AnswerAsync(await registry.Answers.FindAsync(view, name, beside, make, Cancelled), contentType: contentType);
    }

    /// <summary>Whether somebody is signed in.</summary>
    [MemberNotNullWhen(true, nameof(Caller))]
    public bool IsSignedIn => session is not null;
}
