namespace Aixv.Bench.Measuring;

/// <summary>One subject of the table, which gives one line or a few.</summary>
internal abstract class Row
{
    /// <summary>How <c>--rows</c> names it.</summary>
    internal abstract string Name { get; }

    /// <summary>Measures, within a minute or so.</summary>
    internal abstract Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options);
}
