using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Aixv.Track.Hosting;

/// <summary>What the registry measures of itself, and the spans of its work. Nothing of it names a tenant.</summary>
internal static class TrackMetrics
{
    public const string Name = "Aixv.Track";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Entries = Meter.CreateCounter<long>("aixv.track.entries", "{entry}", "Entries that were judged, by outcome.");
    private static readonly Counter<long> FailedBatches = Meter.CreateCounter<long>("aixv.track.batches.failed", "{batch}", "Batches that storage failed to take.");
    private static readonly Histogram<double> BatchSeconds = Meter.CreateHistogram<double>("aixv.track.batch.duration", "s", "How long a batch took to be durable, logged and indexed.");
    private static readonly Histogram<double> WaitSeconds = Meter.CreateHistogram<double>("aixv.track.entry.duration", "s", "How long an entry took from its request to its answer.");

    public static ActivitySource Activities { get; } = new(Name);

    public static void Judged(string outcome, TimeSpan wait)
    {
        Entries.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        WaitSeconds.Record(wait.TotalSeconds);
    }

    public static void Committed(TimeSpan duration) => BatchSeconds.Record(duration.TotalSeconds);

    public static void Failed() => FailedBatches.Add(1);
}
