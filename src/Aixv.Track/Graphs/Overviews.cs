using Aixv.Protocol.Statements;
using Aixv.Track.Indexing;
using Aixv.Track.Tenants;

namespace Aixv.Track.Graphs;

/// <summary>The overview that everybody sees, made again at most once a second, and seldom enough that making it is a small part of the time.</summary>
internal sealed class Overviews(Overview overview, TimeProvider time)
{
    private const int Share = 20;
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private Made? last;
    private Task<Made>? making;

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TenantView view, CancellationToken cancellationToken)
    {
        if (view.Realm != Realm.Public)
        {
            return SortedJson.Serialize(await overview.ReadAsync(view, cancellationToken));
        }

        var made = Volatile.Read(ref last);
        if (made is not null && AgeOf(made) < made.Keeps)
        {
            return made.Json;
        }

        Task<Made> next;
        lock (gate)
        {
            // It goes on when who asked first has gone away: others wait for it too.
            next = making is { IsCompleted: false } ? making : making = MakeAsync(view);
        }

        return made is not null && AgeOf(made) < 2 * made.Keeps ? made.Json : (await next.WaitAsync(cancellationToken)).Json;
    }

    private TimeSpan AgeOf(Made made) => time.GetElapsedTime(made.At);

    private async Task<Made> MakeAsync(TenantView view)
    {
        await Task.Yield();
        var started = time.GetTimestamp();
        var size = await view.SizeAsync(CancellationToken.None);
        var json = Volatile.Read(ref last) is { } before && before.Size == size ? before.Json : SortedJson.Serialize(await overview.ReadAsync(view, CancellationToken.None));
        var cost = time.GetElapsedTime(started) * Share;
        var made = new Made(json, size, time.GetTimestamp(), cost > AtLeast ? cost : AtLeast);
        Volatile.Write(ref last, made);
        return made;
    }

    private sealed record Made(ReadOnlyMemory<byte> Json, long Size, long At, TimeSpan Keeps);
}
