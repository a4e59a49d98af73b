using System.Diagnostics;

namespace Aixv.Bench.Measuring;

/// <summary>Processor time and wall time of work in this process. Processor time counts every thread: the collector's and the compiler's too.</summary>
internal static class CpuClock
{
    /// <summary>Processor seconds that <paramref name="work"/> took.</summary>
    internal static double Cpu(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    /// <summary>Wall seconds that <paramref name="work"/> took.</summary>
    internal static double Wall(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
