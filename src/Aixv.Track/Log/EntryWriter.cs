using System.Diagnostics;
using System.Threading.Channels;
using Aixv.Track.Hosting;
using Aixv.Track.Storage;

namespace Aixv.Track.Log;

/// <summary>The one writer of this process: takes what callers hand in, commits it batch by batch, and lets no more in once it is closed.</summary>
/// <remarks>Batches form by themselves: what comes while one is committed is the next.</remarks>
internal sealed class EntryWriter : IAsyncDisposable
{
    /// <summary>The most entries of a batch.</summary>
    public const int MaximumBatch = 2048;

    private const int MaximumBatchBytes = 16 * 1024 * 1024;
    private const int MaximumWaiting = 8192;

    private readonly IRegistryStore store;
    private readonly Action<Exception> failed;
    private readonly Channel<PendingEntry> waiting = Channel.CreateBounded<PendingEntry>(
        new BoundedChannelOptions(MaximumWaiting) { SingleReader = true, AllowSynchronousContinuations = false });
    private readonly Task running;

    /// <param name="store">Where to.</param>
    /// <param name="failed">Told of each failure to commit.</param>
    public EntryWriter(IRegistryStore store, Action<Exception> failed)
    {
        this.store = store;
        this.failed = failed;
        running = Task.Run(RunAsync);
    }

    /// <summary>Returns when the entry is durable, logged, covered and indexed, or refused.</summary>
    /// <param name="entry">What to write.</param>
    /// <param name="cancellationToken">Ends the wait; the entry may be written nevertheless.</param>
    /// <exception cref="IOException">Storage failed, or the server stops: the entry may or may not be in the log.</exception>
    public async Task<WriteOutcome> WriteAsync(PendingEntry entry, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            if (!waiting.Writer.TryWrite(entry))
            {
                await waiting.Writer.WriteAsync(entry, cancellationToken);
            }
        }
        catch (ChannelClosedException e)
        {
            throw new IOException("track: the server is stopping and takes no more entries", e);
        }

        var outcome = await entry.Outcome.WaitAsync(cancellationToken);
        TrackMetrics.Judged(outcome.Word, Stopwatch.GetElapsedTime(began));
        return outcome;
    }

    private async Task RunAsync()
    {
        var batch = new List<PendingEntry>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            var bytes = 0L;
            while (batch.Count < MaximumBatch && bytes < MaximumBatchBytes && waiting.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
                bytes += entry.FrameBytes.Length + entry.Attachments.Sum(a => (long)a.Length);
            }

            await CommitAsync(batch);
            batch.Clear();
        }
    }

    private async Task CommitAsync(List<PendingEntry> batch)
    {
        using var activity = TrackMetrics.Activities.StartActivity("commit")?.SetTag("aixv.entries", batch.Count);
        var began = Stopwatch.GetTimestamp();
        try
        {
            await store.CommitAsync(batch, CancellationToken.None);
            TrackMetrics.Committed(Stopwatch.GetElapsedTime(began));
        }
        catch (Exception e)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            TrackMetrics.Failed();
            failed(e);
            var reason = e as IOException ?? new IOException($"track: the entry was not written: {e.Message}", e);
            foreach (var entry in batch)
            {
                entry.Fail(reason);
            }
        }
    }

    /// <summary>Writes what is waiting, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await running;
    }
}
