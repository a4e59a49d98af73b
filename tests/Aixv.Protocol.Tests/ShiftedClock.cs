namespace Aixv.Protocol.Tests;

/// <summary>A clock that goes before or after another.</summary>
internal sealed class ShiftedClock(TimeProvider clock, TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + by;
}
