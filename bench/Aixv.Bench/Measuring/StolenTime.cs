using System.Globalization;

namespace Aixv.Bench.Measuring;

/// <summary>How much of the processors' time a virtual machine's host gave to others: <c>steal</c> in <c>/proc/stat</c>.</summary>
internal readonly record struct StolenTime(long Stolen, long All)
{
    private const int Steal = 7;

    internal static StolenTime Now()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(f => long.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return new StolenTime(fields[Steal], fields.Sum());
    }

    /// <summary>From 0 to 1.</summary>
    internal double ShareUntilNow() => Now() is var now && now.All > All ? (double)(now.Stolen - Stolen) / (now.All - All) : 0;
}
