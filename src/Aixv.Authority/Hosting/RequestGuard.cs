using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aixv.Authority.Hosting;

/// <summary>Around every request: the rate limit of its address, and errors as JSON.</summary>
internal sealed class RequestGuard : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext>? limiter;
    private readonly ILogger logger;

    public RequestGuard(AuthorityOptions options, ILogger logger)
    {
        this.logger = logger;
        limiter = options.RequestsPerSecond == 0 ? null : PartitionedRateLimiter.Create<HttpContext, IPAddress>(context =>
            RateLimitPartition.GetTokenBucketLimiter(PartitionOf(context.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RequestBurst,
                TokensPerPeriod = Math.Max(1, options.RequestsPerSecond / 10),
                ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                QueueLimit = 0,
                AutoReplenishment = true,
            }));
    }

    /// <summary>One IPv6 customer has a whole /64.</summary>
    private static IPAddress PartitionOf(IPAddress? address)
    {
        if (address is null || address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6)
        {
            return address ?? IPAddress.None;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var lease = limiter?.AttemptAcquire(context);
        if (lease is { IsAcquired: false })
        {
            logger.RateLimited(context.Connection.RemoteIpAddress?.ToString() ?? "");
            await TooManyAsync(context, TimeSpan.FromSeconds(1), "too many requests from this address");
            return;
        }

        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await next(context);
            await ExplainAsync(context);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, e);
        }
    }

    /// <summary>Routing refuses without a word; clients of these APIs expect an error in JSON.</summary>
    private static Task ExplainAsync(HttpContext context) => context.Response switch
    {
        { HasStarted: true } or { ContentType: not null } => Task.CompletedTask,
        { StatusCode: StatusCodes.Status404NotFound } =>
            JsonAnswer.ErrorAsync(context, HttpStatusCode.NotFound, GrpcCode.NotFound, "there is nothing at this address"),
        { StatusCode: StatusCodes.Status405MethodNotAllowed } =>
            JsonAnswer.ErrorAsync(context, HttpStatusCode.MethodNotAllowed, GrpcCode.Unimplemented, "this address does not know this method"),
        _ => Task.CompletedTask,
    };

    /// <summary>What clients sent must not look like another line of the log.</summary>
    private static string Printable(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.ToString());
        switch (exception)
        {
            case ApiError error:
                logger.Refused(method, path, (int)error.Status, Printable(error.Message));
                if (error.Status == HttpStatusCode.ServiceUnavailable)
                {
                    context.Response.Headers.RetryAfter = "1";
                }

                await JsonAnswer.ErrorAsync(context, error.Status, error.Code, error.Message);
                break;
            case BadHttpRequestException bad:
                logger.Refused(method, path, bad.StatusCode, bad.Message);
                await JsonAnswer.ErrorAsync(context, (HttpStatusCode)bad.StatusCode, GrpcCode.InvalidArgument, bad.Message);
                break;
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                break;
            default:
                logger.Failed(exception, method, path);
                await JsonAnswer.ErrorAsync(context, HttpStatusCode.InternalServerError, GrpcCode.Internal, "internal error; the server's log has the details");
                break;
        }
    }

    public static Task TooManyAsync(HttpContext context, TimeSpan wait, string message)
    {
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return JsonAnswer.ErrorAsync(context, HttpStatusCode.TooManyRequests, GrpcCode.ResourceExhausted, message);
    }

    public void Dispose() => limiter?.Dispose();
}
