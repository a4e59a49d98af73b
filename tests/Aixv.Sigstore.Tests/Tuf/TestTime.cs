namespace Aixv.Sigstore.Tests.Tuf;

/// <summary>A clock that stands until it is set.</summary>
internal sealed class TestTime(DateTimeOffset now) : TimeProvider
{
    internal static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
