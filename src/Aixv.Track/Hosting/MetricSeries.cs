using System.Globalization;
using System.Text;

namespace Aixv.Track.Hosting;

/// <summary>One instrument with one set of tags: a number, or a histogram of fixed buckets.</summary>
internal sealed class MetricSeries(string labels, bool isHistogram)
{
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly Lock gate = new();
    private readonly long[] buckets = new long[isHistogram ? Bounds.Length : 0];
    private double sum;
    private long count;

    /// <summary>Adds a measurement.</summary>
    public void Add(double value)
    {
        lock (gate)
        {
            (sum, count) = (sum + value, count + 1);
            for (var i = 0; i < buckets.Length; i++)
            {
                buckets[i] += value <= Bounds[i] ? 1 : 0;
            }
        }
    }

    /// <summary>Replaces the number: for instruments that are asked.</summary>
    public void Set(double value)
    {
        lock (gate)
        {
            sum = value;
        }
    }

    /// <summary>Writes the lines of Prometheus' text format.</summary>
    public void Write(StringBuilder text, string name)
    {
        lock (gate)
        {
            if (!isHistogram)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {sum:R}\n");
                return;
            }

            var separator = labels.Length > 0 ? "," : "";
            for (var i = 0; i < buckets.Length; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{separator}le=\"{Bounds[i]}\"}} {buckets[i]}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{separator}le=\"+Inf\"}} {count}\n");
            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{(labels.Length > 0 ? $"{{{labels}}}" : "")} {sum:R}\n");
            text.Append(CultureInfo.InvariantCulture, $"{name}_count{(labels.Length > 0 ? $"{{{labels}}}" : "")} {count}\n");
        }
    }
}
