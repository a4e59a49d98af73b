namespace Aixv.Authority.Timestamping;

/// <summary>A request that gets a TimeStampResp with status rejection.</summary>
internal sealed class TimestampRefusal(PkiFailure failure, string message) : Exception(message)
{
    public PkiFailure Failure { get; } = failure;
}
