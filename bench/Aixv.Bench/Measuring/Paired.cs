namespace Aixv.Bench.Measuring;

/// <summary>Two things measured in turn, A B A B, so that what disturbs the machine disturbs both.</summary>
/// <param name="Ours">The median of A.</param>
/// <param name="Yardstick">The median of B.</param>
/// <param name="Ratio">The median of A/B of neighbours.</param>
internal sealed record Paired(double Ours, double Yardstick, double Ratio)
{
    /// <summary>Runs both once to warm up, then <paramref name="repeats"/> times each; both return one figure.</summary>
    internal static Paired Measure(int repeats, Func<double> ours, Func<double> yardstick)
    {
        ours();
        yardstick();
        var a = new double[repeats];
        var b = new double[repeats];
        for (var i = 0; i < repeats; i++)
        {
            a[i] = ours();
            b[i] = yardstick();
        }

        return new Paired(Median(a), Median(b), Median([.. a.Zip(b, (x, y) => x / y)]));
    }

    internal static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
