using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Aixv.Track.Storage;

/// <summary>What was used lately, of bounded size: when the newer half is full the older one is dropped, and what is used again moves to the newer. Safe for concurrent use.</summary>
/// <remarks>
/// <see cref="Add"/> takes the <see cref="Epoch"/> from before the value was read: what <see cref="Remove"/> said meanwhile is not undone by a reader that was
/// slower than the writer.
/// </remarks>
/// <param name="maximumBytes">The most that is kept, by the sizes that callers state.</param>
internal sealed class RecentCache<TKey, TValue>(long maximumBytes) where TKey : notnull
{
    private readonly Lock gate = new();
    private ConcurrentDictionary<TKey, (TValue Value, int Size)> newer = new();
    private ConcurrentDictionary<TKey, (TValue Value, int Size)> older = new();
    private long newerBytes;
    private long epoch;

    /// <summary>Read this before reading the value that is to be added.</summary>
    public long Epoch => Volatile.Read(ref epoch);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (Volatile.Read(ref newer).TryGetValue(key, out var found))
        {
            value = found.Value;
            return true;
        }

        if (Volatile.Read(ref older).TryGetValue(key, out found))
        {
            Promote(key);
            value = found.Value;
            return true;
        }

        value = default;
        return false;
    }

    private void Promote(TKey key)
    {
        lock (gate)
        {
            if (older.TryRemove(key, out var found))
            {
                Put(key, found.Value, found.Size);
            }
        }
    }

    /// <summary>Keeps a value, unless something was removed since <paramref name="observed"/>.</summary>
    public void Add(TKey key, TValue value, int size, long observed)
    {
        if (size > maximumBytes / 4)
        {
            return;
        }

        lock (gate)
        {
            if (observed == epoch)
            {
                Put(key, value, size);
            }
        }
    }

    private void Put(TKey key, TValue value, int size)
    {
        if (newerBytes + size > maximumBytes / 2)
        {
            Volatile.Write(ref older, newer);
            Volatile.Write(ref newer, new());
            newerBytes = 0;
        }

        newer[key] = (value, size);
        newerBytes += size;
    }

    /// <summary>Forgets these: they have changed, and the change is there to be read.</summary>
    public void Remove(IEnumerable<TKey> keys)
    {
        lock (gate)
        {
            Volatile.Write(ref epoch, epoch + 1);
            foreach (var key in keys)
            {
                newer.TryRemove(key, out _);
                older.TryRemove(key, out _);
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            Volatile.Write(ref epoch, epoch + 1);
            Volatile.Write(ref newer, new());
            Volatile.Write(ref older, new());
            newerBytes = 0;
        }
    }
}
