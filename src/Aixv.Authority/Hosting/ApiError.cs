using System.Net;

namespace Aixv.Authority.Hosting;

/// <summary>A refused request: becomes gRPC-gateway JSON <c>{code, message, details}</c>. Messages never hold tokens or secrets.</summary>
internal sealed class ApiError(HttpStatusCode status, GrpcCode code, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    public GrpcCode Code { get; } = code;

    public static ApiError Invalid(string message) => new(HttpStatusCode.BadRequest, GrpcCode.InvalidArgument, message);

    public static ApiError Unauthenticated(string message) => new(HttpStatusCode.Unauthorized, GrpcCode.Unauthenticated, message);

    public static ApiError Forbidden(string message) => new(HttpStatusCode.Forbidden, GrpcCode.PermissionDenied, message);

    public static ApiError NotFound(string message) => new(HttpStatusCode.NotFound, GrpcCode.NotFound, message);

    public static ApiError TooLarge(int maximum) =>
        new(HttpStatusCode.RequestEntityTooLarge, GrpcCode.InvalidArgument, $"the request body is larger than {maximum} bytes");

    public static ApiError MediaType(string expected) =>
        new(HttpStatusCode.UnsupportedMediaType, GrpcCode.InvalidArgument, $"unsupported content type, expected {expected}");
}
