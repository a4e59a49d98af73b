namespace Aixv.Sigstore.Tuf;

/// <summary>The repository's answer is not trusted. (A repository that cannot be reached is an <see cref="HttpRequestException"/>.)</summary>
public sealed class TufException : Exception
{
    public TufException(TufRefusal reason, string message) : base(message) => Reason = reason;

    public TufException(TufRefusal reason, string message, Exception innerException) : base(message, innerException) => Reason = reason;

    public TufRefusal Reason { get; }
}
