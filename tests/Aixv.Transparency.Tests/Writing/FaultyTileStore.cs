using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Tests.Writing;

/// <summary>A disk that fails at one write, and at every one after it; a failing journal append may leave part of its bytes.</summary>
/// <param name="failAt">The number of writes that succeed.</param>
/// <param name="keep">The share of the failing append's bytes that reach the file, from 0 to 1.</param>
internal sealed class FaultyTileStore(ITileStore store, int failAt = int.MaxValue, double keep = 0) : ITileStore
{
    internal const string Reason = "No space left on device";
    private int writes;

    internal int Writes => writes;

    /// <summary>Set to fail from now on.</summary>
    internal bool IsFull { get; set; }

    private bool Fails() => Interlocked.Increment(ref writes) > failAt || IsFull;

    private void Write()
    {
        if (Fails())
        {
            throw new IOException(Reason);
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default) =>
        store.ReadAsync(path, cancellationToken);

    public ValueTask<IAsyncDisposable> LockAsync(CancellationToken cancellationToken = default) => store.LockAsync(cancellationToken);

    public ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        Write();
        return store.WriteAsync(path, content, cancellationToken);
    }

    public ValueTask DeletePartialsAsync(TilePath full, CancellationToken cancellationToken = default)
    {
        Write();
        return store.DeletePartialsAsync(full, cancellationToken);
    }

    public ValueTask SyncAsync(CancellationToken cancellationToken = default)
    {
        Write();
        return store.SyncAsync(cancellationToken);
    }

    public ValueTask<IReadOnlyList<ulong>> ListJournalsAsync(CancellationToken cancellationToken = default) =>
        store.ListJournalsAsync(cancellationToken);

    public async ValueTask<IJournal> CreateJournalAsync(ulong number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        Write();
        return new FaultyJournal(this, await store.CreateJournalAsync(number, content, cancellationToken));
    }

    public ValueTask<Stream> OpenJournalAsync(ulong number, CancellationToken cancellationToken = default) =>
        store.OpenJournalAsync(number, cancellationToken);

    public ValueTask DeleteJournalAsync(ulong number, CancellationToken cancellationToken = default)
    {
        Write();
        return store.DeleteJournalAsync(number, cancellationToken);
    }

    private sealed class FaultyJournal(FaultyTileStore owner, IJournal journal) : IJournal
    {
        public async ValueTask AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken = default)
        {
            if (!owner.Fails())
            {
                await journal.AppendAsync(parts, cancellationToken);
                return;
            }

            byte[] all = [.. parts.SelectMany(part => part.ToArray())];
            await journal.AppendAsync([all.AsMemory(0, (int)(all.Length * owner.Keep))], cancellationToken);
            throw new IOException(Reason);
        }

        public ValueTask DisposeAsync() => journal.DisposeAsync();
    }

    private double Keep => keep;
}
