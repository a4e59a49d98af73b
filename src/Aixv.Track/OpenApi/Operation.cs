namespace Aixv.Track.OpenApi;

/// <summary>What people and generators are told of a route, beyond what the route itself says.</summary>
/// <param name="Route">Method and pattern, as <c>GET /v1/models</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Answer">The schema of a good answer; null for one that is not JSON.</param>
internal sealed record Operation(string Route, string Summary, string? Answer)
{
    /// <summary>The schema of the body; null where none is read.</summary>
    public string? Body { get; init; }

    public bool IsBodyOptional { get; init; }

    /// <summary>Names of query parameters.</summary>
    public string Query { get; init; } = "";

    /// <summary>Whether a first success answers 201.</summary>
    public bool Creates { get; init; }

    /// <summary>The media type of an answer that is not JSON.</summary>
    public string MediaType { get; init; } = "application/json";

    public string Tag => Route.Split('/') is [_, "v1", var tag, ..] ? tag : Route.Contains("/log", StringComparison.Ordinal) ? "log" : "server";
}
