namespace Aixv.Authority.Hosting;

/// <summary>The gRPC status codes that answers use.</summary>
internal enum GrpcCode
{
    InvalidArgument = 3,
    NotFound = 5,
    AlreadyExists = 6,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
    Unauthenticated = 16,
}
