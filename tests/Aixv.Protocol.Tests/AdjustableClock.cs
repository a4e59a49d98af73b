namespace Aixv.Protocol.Tests;

/// <summary>The machine's clock, which tests can move forward.</summary>
public sealed class AdjustableClock : TimeProvider
{
    private long ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);
}
