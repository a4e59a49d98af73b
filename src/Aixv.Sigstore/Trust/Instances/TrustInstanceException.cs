namespace Aixv.Sigstore.Trust.Instances;

/// <summary>An instance is unknown, already there, or lacks what was asked of it; the message says what to do.</summary>
public sealed class TrustInstanceException : Exception
{
    public TrustInstanceException(string message) : base(message)
    {
    }

    public TrustInstanceException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
