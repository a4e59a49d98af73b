using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Aixv.Track.Hosting;

/// <summary>Listens to this process's meters and tells their state in Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusText : IDisposable
{
    /// <summary>More sets of tags than this are not told apart: a client must not be able to fill the memory with new ones.</summary>
    private const int MaximumSeries = 5_000;

    private static readonly string[] Meters = [TrackMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<Instrument, InstrumentSeries> instruments = new();
    private int series;

    public PrometheusText()
    {
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (Meters.Contains(instrument.Meter.Name))
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var known = instruments.GetOrAdd(instrument, static _ => new InstrumentSeries());
        if (known.FindSame(tags) is not { } found)
        {
            found = Find(instrument, known, tags);
            known.Remember(tags, found);
        }

        if (instrument.IsObservable)
        {
            found.Set(value);
        }
        else
        {
            found.Add(value);
        }
    }

    private MetricSeries Find(Instrument instrument, InstrumentSeries known, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        if (!known.ByLabels.TryGetValue(labels, out var found))
        {
            if (Interlocked.Increment(ref series) > MaximumSeries)
            {
                labels = "overflow=\"true\"";
            }

            found = known.ByLabels.GetOrAdd(labels, l => new MetricSeries(l, IsHistogram(instrument)));
        }

        return found;
    }

    private static bool IsHistogram(Instrument instrument) => instrument is Histogram<double> or Histogram<long> or Histogram<int>;

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            // What a client chooses freely, as its own name for the host, tells nothing and has no bound.
            if (name is "server.address" or "server.port" or "url.scheme" or "network.peer.address" or "tls.protocol.version")
            {
                continue;
            }

            text.Append(text.Length > 0 ? "," : "").Append(Clean(name)).Append("=\"")
                .Append((value?.ToString() ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal))
                .Append('"');
        }

        return text.ToString();
    }

    private static string Clean(string name) => string.Create(name.Length, name, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = char.IsAsciiLetterOrDigit(source[i]) ? source[i] : '_';
        }
    });

    /// <summary>The state now.</summary>
    public string Write()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var (instrument, known) in instruments.OrderBy(i => i.Key.Name, StringComparer.Ordinal))
        {
            var isCounter = instrument is Counter<long> or Counter<int> or Counter<double> or ObservableCounter<long> or ObservableCounter<double> or ObservableCounter<int>;
            var name = Clean(instrument.Name) + (instrument.Unit == "s" ? "_seconds" : instrument.Unit == "By" ? "_bytes" : "") + (isCounter ? "_total" : "");
            text.Append("# HELP ").Append(name).Append(' ').Append((instrument.Description ?? "").ReplaceLineEndings(" ")).Append('\n');
            text.Append("# TYPE ").Append(name).Append(' ').Append(IsHistogram(instrument) ? "histogram" : isCounter ? "counter" : "gauge").Append('\n');
            foreach (var one in known.ByLabels.Values)
            {
                one.Write(text, name);
            }
        }

        return text.ToString();
    }

    public void Dispose() => listener.Dispose();
}
