using Microsoft.Extensions.Logging;

namespace Aixv.Authority.Hosting;

/// <summary>What the Authority logs. Tokens, passwords and secrets are never among the arguments.</summary>
internal static partial class Messages
{
    [LoggerMessage(1, LogLevel.Information, "Serving {Url} from {DataFolder}")]
    public static partial void Serving(this ILogger logger, string url, string dataFolder);

    [LoggerMessage(2, LogLevel.Information, "Issued a certificate to {Name} of {Issuer}")]
    public static partial void CertificateIssued(this ILogger logger, string name, string issuer);

    [LoggerMessage(3, LogLevel.Information, "Refused {Method} {Path}: {Status} {Reason}")]
    public static partial void Refused(this ILogger logger, string method, string path, int status, string reason);

    [LoggerMessage(4, LogLevel.Error, "Failed {Method} {Path}")]
    public static partial void Failed(this ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(5, LogLevel.Information, "Renewed the TUF metadata")]
    public static partial void RepositoryRenewed(this ILogger logger);

    [LoggerMessage(6, LogLevel.Error, "Could not renew the TUF metadata; clients refuse it once it expires")]
    public static partial void RenewalFailed(this ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Information, "Issued an identity token to {Account} by {Grant}")]
    public static partial void TokenIssued(this ILogger logger, string account, string grant);

    [LoggerMessage(8, LogLevel.Warning, "Wrong password or secret for an account from {Address}")]
    public static partial void SignInFailed(this ILogger logger, string address);

    [LoggerMessage(9, LogLevel.Warning, "Limited the rate of {Address}")]
    public static partial void RateLimited(this ILogger logger, string address);
}
