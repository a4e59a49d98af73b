namespace Aixv.Cli.Tests.Publishing.Servers;

/// <summary>The real time, whose pauses are over at once.</summary>
internal sealed class HastyTime : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(20);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, dueTime > Longest ? Longest : dueTime, period);
}
