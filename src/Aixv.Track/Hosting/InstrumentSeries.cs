using System.Collections.Concurrent;

namespace Aixv.Track.Hosting;

/// <summary>The series of one instrument, by their labels; the commonest sets of tags find theirs without being written out.</summary>
internal sealed class InstrumentSeries
{
    private const int MaximumRemembered = 32;
    private readonly Lock gate = new();
    private (KeyValuePair<string, object?>[] Tags, MetricSeries Series)[] remembered = [];

    public ConcurrentDictionary<string, MetricSeries> ByLabels { get; } = new(StringComparer.Ordinal);

    /// <summary>The series of a set of tags that came before; null when it is not remembered.</summary>
    public MetricSeries? FindSame(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (known, series) in Volatile.Read(ref remembered))
        {
            if (AreSame(known, tags))
            {
                return series;
            }
        }

        return null;
    }

    private static bool AreSame(KeyValuePair<string, object?>[] known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (known.Length != tags.Length)
        {
            return false;
        }

        for (var i = 0; i < known.Length; i++)
        {
            if (!Equals(known[i].Value, tags[i].Value) || known[i].Key != tags[i].Key)
            {
                return false;
            }
        }

        return true;
    }

    public void Remember(ReadOnlySpan<KeyValuePair<string, object?>> tags, MetricSeries series)
    {
        lock (gate)
        {
            if (remembered.Length < MaximumRemembered)
            {
                Volatile.Write(ref remembered, [.. remembered, (tags.ToArray(), series)]);
            }
        }
    }
}
