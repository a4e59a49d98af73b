using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>What Track logs. Keys, tokens and bodies are never among the arguments.</summary>
internal static partial class Messages
{
    [LoggerMessage(101, LogLevel.Information, "Serving the registry at {Url}")]
    public static partial void Serving(this ILogger logger, string url);

    [LoggerMessage(102, LogLevel.Information, "Refused {Method} {Path}: {Status} {Reason}")]
    public static partial void Refused(this ILogger logger, string method, string path, int status, string reason);

    [LoggerMessage(103, LogLevel.Error, "Failed {Method} {Path}")]
    public static partial void Failed(this ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(104, LogLevel.Critical, "A batch could not be written")]
    public static partial void CommitFailed(this ILogger logger, Exception exception);

    [LoggerMessage(105, LogLevel.Information, "Indexed {Count} entries of the log that the index did not have")]
    public static partial void Reconciled(this ILogger logger, long count);

    [LoggerMessage(107, LogLevel.Warning, "Full tiles could not be moved to the object store; they are served from the database and moved later")]
    public static partial void TilesNotMoved(this ILogger logger, Exception exception);

    [LoggerMessage(108, LogLevel.Warning, "The witness {Name} did not cosign: {Reason}")]
    public static partial void WitnessFailed(this ILogger logger, string name, string reason);

    [LoggerMessage(109, LogLevel.Warning, "Witnesses could not be asked")]
    public static partial void WitnessingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(106, LogLevel.Warning, "A stored answer or the use of a key could not be kept")]
    public static partial void ScratchFailed(this ILogger logger, Exception exception);

    [LoggerMessage(120, LogLevel.Warning, "Webhooks could not be told; it is tried again")]
    public static partial void WebhooksFailed(this ILogger logger, Exception exception);
}
