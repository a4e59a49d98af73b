using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Tests.Storage;

/// <summary>A store in memory that knows what a power failure would take: everything not synced may be gone, kept or zeroed.</summary>
internal sealed class MemoryTileStore : ITileStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, byte[]> synced;
    private readonly Dictionary<string, byte[]?> unsynced = [];
    private readonly SortedDictionary<ulong, MemoryStream> journals;
    private readonly Dictionary<ulong, MemoryStream> deletedJournals = [];
    private int writers;

    internal MemoryTileStore() : this([], [])
    {
    }

    private MemoryTileStore(Dictionary<string, byte[]> synced, SortedDictionary<ulong, MemoryStream> journals)
    {
        this.synced = synced;
        this.journals = journals;
    }

    /// <summary>The store as it is found after a power failure.</summary>
    /// <param name="fate">For each name that was written, deleted or replaced since the last sync, 0: the change is lost, 1: it is kept, 2: zeros.</param>
    internal MemoryTileStore AfterPowerFailure(Func<string, int> fate)
    {
        lock (gate)
        {
            var found = new Dictionary<string, byte[]>(synced);
            foreach (var (path, content) in unsynced)
            {
                var kept = fate(path) switch
                {
                    0 => found.GetValueOrDefault(path),
                    1 => content,
                    _ => content is null ? null : new byte[content.Length],
                };
                if (kept is null)
                {
                    found.Remove(path);
                }
                else
                {
                    found[path] = kept;
                }
            }

            var left = new SortedDictionary<ulong, MemoryStream>(journals.ToDictionary(journal => journal.Key, journal => Copy(journal.Value)));
            foreach (var (number, content) in deletedJournals.Where(journal => fate($"journal {journal.Key}") == 0))
            {
                left.TryAdd(number, Copy(content));
            }

            return new MemoryTileStore(found, left);
        }
    }

    private static MemoryStream Copy(MemoryStream stream)
    {
        var copy = new MemoryStream();
        copy.Write(stream.ToArray());
        return copy;
    }

    private static bool IsPublic(string path) => path == ITileStore.CheckpointPath || TilePath.TryParse(path, out _);

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            var content = unsynced.TryGetValue(path, out var changed) ? changed : synced.GetValueOrDefault(path);
            return new(content is null ? null : (ReadOnlyMemory<byte>?)content);
        }
    }

    public ValueTask<IAsyncDisposable> LockAsync(CancellationToken cancellationToken = default) =>
        Interlocked.CompareExchange(ref writers, 1, 0) == 0 ? new(new Held(this)) : throw new IOException("log: open in another process or log");

    public ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            unsynced[IsPublic(path) ? path : throw new ArgumentException(path, nameof(path))] = content.ToArray();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DeletePartialsAsync(TilePath full, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            foreach (var path in synced.Keys.Concat(unsynced.Keys).Where(path => path.StartsWith(full + ".p/", StringComparison.Ordinal)).ToList())
            {
                unsynced[path] = null;
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask SyncAsync(CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            foreach (var (path, content) in unsynced)
            {
                if (content is null)
                {
                    synced.Remove(path);
                }
                else
                {
                    synced[path] = content;
                }
            }

            unsynced.Clear();
            deletedJournals.Clear();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ulong>> ListJournalsAsync(CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return new([.. journals.Keys]);
        }
    }

    public ValueTask<IJournal> CreateJournalAsync(ulong number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var stream = new MemoryStream();
        stream.Write(content.Span);
        lock (gate)
        {
            journals[number] = stream;
            deletedJournals.Remove(number);
        }

        return new(new Appender(stream, gate));
    }

    public ValueTask<Stream> OpenJournalAsync(ulong number, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            return new(new MemoryStream(journals[number].ToArray()));
        }
    }

    public ValueTask DeleteJournalAsync(ulong number, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (journals.Remove(number, out var content))
            {
                deletedJournals[number] = content;
            }
        }

        return ValueTask.CompletedTask;
    }

    private sealed class Held(MemoryTileStore store) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            Volatile.Write(ref store.writers, 0);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Appender(MemoryStream stream, Lock gate) : IJournal
    {
        public ValueTask AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken = default)
        {
            lock (gate)
            {
                foreach (var part in parts)
                {
                    stream.Write(part.Span);
                }
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
