using System.Collections.Concurrent;
using Aixv.Track.Storage;

namespace Aixv.Track.Keys;

/// <summary>When keys were last used: gathered in memory, kept every few seconds.</summary>
internal sealed class KeyUses(IScratch scratch)
{
    private ConcurrentDictionary<TrackId, DateTimeOffset> fresh = new();

    public void Note(TrackId key, DateTimeOffset now)
    {
        // A key in use is noted once a second: the dictionary's lock would else be taken by every request.
        var uses = fresh;
        if (!uses.TryGetValue(key, out var noted) || now - noted > TimeSpan.FromSeconds(1))
        {
            uses[key] = now;
        }
    }

    public async ValueTask<DateTimeOffset?> FindAsync(TrackId key, CancellationToken cancellationToken) =>
        fresh.TryGetValue(key, out var noted) ? noted : await scratch.FindLastUsedAsync(key, cancellationToken);

    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        var uses = Interlocked.Exchange(ref fresh, new());
        if (!uses.IsEmpty)
        {
            await scratch.KeepLastUsedAsync(uses, cancellationToken);
        }
    }
}
