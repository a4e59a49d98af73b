using Aixv.Protocol.Receipts;
using Aixv.Track.Agents;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Log;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;
using Aixv.Transparency.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>The open registry of this process: storage, the one writer, and sessions upon them.</summary>
internal sealed class Registry : IAsyncDisposable
{
    private readonly EntryWriter writer;
    private readonly EntryKinds kinds;
    private ProvenUnder? provenUnder;

    private sealed record ProvenUnder(SignedNote Latest, SignedNote? Witnessed);

    /// <param name="store">Disposed of with this.</param>
    /// <param name="kinds">The kinds of entry that can be written.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of failures.</param>
    public Registry(IRegistryStore store, EntryKinds kinds, TimeProvider time, ILogger logger)
    {
        (Store, this.kinds, Time) = (store, kinds, time);
        Witnessed = new WitnessedCheckpoint(store.Scratch, time);
        writer = new EntryWriter(store, logger.CommitFailed);
    }

    public IRegistryStore Store { get; }

    public TimeProvider Time { get; }

    /// <summary>The public log.</summary>
    public LogView Log => Store.Log;

    /// <summary>What everybody sees.</summary>
    public TenantView PublicView => TenantView.OfPublic(Store);

    public KeptAnswers Answers { get; } = new();

    /// <summary>Full tiles and bundles of the log that were read lately.</summary>
    public RecentCache<string, ReadOnlyMemory<byte>> FullTiles { get; } = new(64L * 1024 * 1024);

    /// <summary>The agents that attested lately, as they were at most a second ago.</summary>
    public RecentCache<(Realm Realm, TrackId Agent), (Agent Agent, DateTimeOffset Until)> Agents { get; } = new(64L * 1024 * 1024);

    public TenantSession Open(Caller caller) => new(Store, writer, kinds, Time, caller);

    /// <summary>The receipt of an entry that was written just now, under the first checkpoint that covers it.</summary>
    public Receipt IssueReceipt(Written written) => Receipt.Create(
        written.Entry.Statement, written.Frame.Salt, written.Frame.Leaf.Span, written.Proof, written.Checkpoint, LogKey);

    /// <summary>The latest checkpoint that witnesses have cosigned.</summary>
    public WitnessedCheckpoint Witnessed { get; }

    /// <summary>The receipt of an entry under the latest checkpoint that witnesses have cosigned, or the latest of all where that does not cover it.</summary>
    public async Task<Receipt> IssueReceiptAsync(StoredEntry stored, CancellationToken cancellationToken)
    {
        var checkpoint = await Witnessed.FindAsync(cancellationToken) is { } witnessed && Covers(witnessed, stored.Index)
            ? witnessed
            : await Log.LatestCheckpointAsync(cancellationToken);
        var proof = await Log.ProveInclusionAsync(stored.Index, checkpoint, cancellationToken);
        return Receipt.Create(stored.Entry.Statement, stored.Frame.Salt, stored.Frame.Leaf.Span, proof, checkpoint, LogKey);
    }

    /// <summary>What receipts that are issued now may be under: it is the same object as long as nothing of it changes.</summary>
    public async ValueTask<object> ProvenUnderAsync(CancellationToken cancellationToken)
    {
        var (latest, witnessed) = (await Log.LatestCheckpointAsync(cancellationToken), await Witnessed.FindAsync(cancellationToken));
        if (Volatile.Read(ref provenUnder) is { } known && ReferenceEquals(known.Latest, latest) && ReferenceEquals(known.Witnessed, witnessed))
        {
            return known;
        }

        var now = new ProvenUnder(latest, witnessed);
        Volatile.Write(ref provenUnder, now);
        return now;
    }

    private static bool Covers(SignedNote checkpoint, long index) => Checkpoint.Parse(checkpoint.Text.Span).Size > (ulong)index;

    private ReceiptLogKey LogKey => new(Log.Verifier, KeyLife.Unlimited);

    /// <summary>Writes what is waiting, then closes the storage.</summary>
    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await Store.DisposeAsync();
    }
}
