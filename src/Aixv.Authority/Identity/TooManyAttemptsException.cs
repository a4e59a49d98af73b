namespace Aixv.Authority.Identity;

/// <summary>Too many wrong passwords of late.</summary>
internal sealed class TooManyAttemptsException(TimeSpan wait) : Exception("too many failed attempts; try again later")
{
    /// <summary>How long to wait.</summary>
    public TimeSpan Wait { get; } = wait;
}
