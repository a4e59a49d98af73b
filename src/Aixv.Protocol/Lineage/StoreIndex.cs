namespace Aixv.Protocol.Lineage;

/// <summary>
/// The lineage graph of a store, kept in <c>index/</c> of it: refreshing it reads only the records that are new or changed.
/// The folder can be deleted at any time; processes that refresh at once each write a whole index, and the last one stays.
/// </summary>
public sealed class StoreIndex
{
    /// <summary>A file written so shortly before a scan may change again without a new time.</summary>
    private static readonly TimeSpan Unsettled = TimeSpan.FromSeconds(2);

    private readonly string store;
    private readonly string path;
    private readonly IndexKey key;
    private readonly IRecordCheck? check;
    private readonly TimeProvider clock;

    /// <param name="store">The store's folder, usually <c>.aixv</c>.</param>
    /// <param name="key">With which the index is sealed; one of another key is built anew.</param>
    /// <param name="check">Null leaves signatures unchecked, and no edge is attested.</param>
    /// <param name="clock">Tells which files were written just now.</param>
    public StoreIndex(string store, IndexKey key, IRecordCheck? check, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(clock);
        (this.store, this.key, this.check, this.clock) = (store, key, check, clock);
        path = Path.Combine(store, "index", $"lineage-{(check is null ? "unchecked" : check.Fingerprint[..16])}.bin");
    }

    /// <summary>The graph of the records as they are now.</summary>
    /// <exception cref="IOException">A record could not be read for another reason than its content.</exception>
    public (LineageGraph Graph, IndexReport Report) Refresh(CancellationToken cancellationToken = default)
    {
        var started = clock.GetUtcNow().UtcTicks;
        var known = GraphFile.TryRead(path, key, out var mark);
        var files = StoreScan.List(store);
        var keep = known is null ? [] : Unchanged(known, files, mark);
        var news = known is null ? files : files.FindAll(f => !keep.ContainsKey(f.Path));
        var removed = known is null ? 0 : known.SourceCount - keep.Count;
        if (known is not null && news.Count == 0 && removed == 0)
        {
            return (known, Report(known, 0, 0, null));
        }

        var builder = known is null
            ? new LineageGraphBuilder(files.Count, files.Count * 2)
            : removed == 0 ? new LineageGraphBuilder(known) : LineageGraphCopy.Keep(known, keep.Values);
        Read(news, builder, cancellationToken);
        var graph = builder.Build();
        return (graph, Report(graph, news.Count, removed, TryWrite(graph, started)));
    }

    /// <summary>The sources of the known graph whose files are as they were, by path.</summary>
    private static Dictionary<string, int> Unchanged(LineageGraph known, List<StoreFile> files, long mark)
    {
        var current = files.ToDictionary(f => f.Path, StringComparer.Ordinal);
        var keep = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < known.SourceCount; i++)
        {
            ref var row = ref known.Sources.Rows[i];
            var name = known.Sources.Texts.Find(row.Path)!;
            if ((row.Flags & SourceFlags.BundleElsewhere) == 0
                && current.TryGetValue(name, out var file) && file.Record == row.Record && file.Bundle == row.Bundle
                && Math.Max(row.Record.Written, row.Bundle.Written) < mark - Unsettled.Ticks)
            {
                keep.Add(name, i);
            }
        }

        return keep;
    }

    private void Read(List<StoreFile> files, LineageGraphBuilder builder, CancellationToken cancellationToken)
    {
        const int BatchLength = 8192;
        var reader = new RecordReader(store, check);
        var outcomes = new RecordReader.Outcome[Math.Min(BatchLength, files.Count)];
        for (var start = 0; start < files.Count; start += BatchLength)
        {
            var (first, count) = (start, Math.Min(BatchLength, files.Count - start));
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, i => outcomes[i] = reader.Read(files[first + i]));
            foreach (var outcome in outcomes.AsSpan(0, count))
            {
                var flags = (outcome.Facts is { FromScratch: true } ? SourceFlags.FromScratch : SourceFlags.None)
                    | (outcome.BundleElsewhere ? SourceFlags.BundleElsewhere : SourceFlags.None);
                var source = builder.Source(outcome.Source, outcome.File.Record, outcome.File.Bundle, flags);
                outcome.Facts?.AddTo(builder, source);
            }
        }
    }

    private string? TryWrite(LineageGraph graph, long started)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            GraphFile.Write(path, graph, started, key);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{path}: the index could not be written, so the next run reads every record again ({e.Message})";
        }
    }

    private static IndexReport Report(LineageGraph graph, int read, int removed, string? notKept)
    {
        var problems = new List<LineageSource>();
        for (var i = 0; i < graph.SourceCount; i++)
        {
            if (graph.Sources.Rows[i].Status is SourceStatus.Refused or SourceStatus.Unreadable)
            {
                problems.Add(graph.Source(i));
            }
        }

        return new IndexReport(read, graph.SourceCount - read, removed, problems, notKept);
    }
}
