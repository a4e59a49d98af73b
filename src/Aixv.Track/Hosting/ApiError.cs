using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Aixv.Track.Hosting;

/// <summary>A refused request: becomes <c>{code, message, http_status, details}</c>. Messages never hold keys or tokens.</summary>
internal sealed class ApiError(HttpStatusCode status, string code, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>A stable word, as <c>NOT_FOUND</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Writes the members of <c>details</c>; null leaves it out.</summary>
    public Action<Utf8JsonWriter>? Details { get; init; }

    /// <summary>What <c>Retry-After</c> says.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static ApiError Invalid(string message) => new(HttpStatusCode.BadRequest, "INVALID_REQUEST", message);

    /// <summary>A member or parameter that is not as it should be.</summary>
    public static ApiError InvalidInput(string field, string message) => new(HttpStatusCode.BadRequest, "INVALID_INPUT", $"{field}: {message}")
    {
        Details = json => json.WriteString("field", field),
    };

    public static ApiError InvalidId(string field, string value) => new(
        HttpStatusCode.BadRequest, "INVALID_ID", $"{field}: '{(value.Length <= 100 ? value : value[..100])}' is neither a UUID nor an id with a ULID");

    public static ApiError Unauthorized(string message) => new(HttpStatusCode.Unauthorized, "UNAUTHORIZED", message);

    public static ApiError Forbidden(string message) => new(HttpStatusCode.Forbidden, "FORBIDDEN", message);

    public static ApiError OverPlan(string message) => new(HttpStatusCode.PaymentRequired, "QUOTA_EXCEEDED", message);

    public static ApiError NotFound(string message) => new(HttpStatusCode.NotFound, "NOT_FOUND", message);

    public static ApiError Conflict(string message) => new(HttpStatusCode.Conflict, "CONFLICT", message);

    public static ApiError TooLarge(int maximum) => new(
        HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE", $"the request body is larger than {maximum.ToString(CultureInfo.InvariantCulture)} bytes");

    public static ApiError MediaType(string expected) => new(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", $"expected {expected}");

    /// <summary>A document that is JSON but not what its schema says.</summary>
    public static ApiError Schema(string message) => new(HttpStatusCode.UnprocessableEntity, "PAYLOAD_SCHEMA_INVALID", message);

    public static ApiError Unavailable(string message) => new(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE", message)
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    public static ApiError RateLimited(string message, TimeSpan wait) => new(HttpStatusCode.TooManyRequests, "RATE_LIMITED", message)
    {
        RetryAfter = wait,
    };
}
