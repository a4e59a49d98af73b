using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>Around every handler: errors become <c>{code, message, http_status, details}</c>.</summary>
internal sealed class TrackGuard(ILogger logger)
{
    public async Task InvokeAsync(HttpContext context, Func<Task> handle)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            await handle();
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, e);
        }
    }

    /// <summary>What clients sent must not look like another line of the log.</summary>
    private static string Printable(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;

    private async Task AnswerAsync(HttpContext context, Exception exception)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var (method, path) = (context.Request.Method, Printable(context.Request.Path.ToString()));
        var error = exception switch
        {
            ApiError known => known,
            BadHttpRequestException bad => new ApiError(
                (HttpStatusCode)bad.StatusCode, bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? "PAYLOAD_TOO_LARGE" : "INVALID_REQUEST", bad.Message),
            IOException => ApiError.Unavailable("the storage failed; the request may or may not have been carried out: repeat it with the same Idempotency-Key"),
            _ => new ApiError(HttpStatusCode.InternalServerError, "INTERNAL_ERROR", "internal error; the server's log has the details"),
        };
        if ((int)error.Status < StatusCodes.Status500InternalServerError)
        {
            logger.Refused(method, path, (int)error.Status, Printable(error.Message));
        }
        else
        {
            logger.Failed(exception, method, path);
        }

        await JsonAnswer.ErrorAsync(context, error);
    }
}
