using Aixv.Sigstore.Artifacts;
using Aixv.Track.Blobs;
using Aixv.Track.Importing;
using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>What is read from the index. Only <see cref="Tenants.TenantView"/> calls this: it is the one place that says which realms.</summary>
/// <remarks>Every call names the realms whose rows it may see; on PostgreSQL row-level security holds it to them.</remarks>
internal interface IIndex
{
    /// <summary>The number of entries that are indexed.</summary>
    ValueTask<long> SizeAsync(CancellationToken cancellationToken);

    /// <summary>A number that grows whenever something changes that these realms see. Read it before what is to be kept under it.</summary>
    ValueTask<long> VersionAsync(Realms realms, CancellationToken cancellationToken);

    ValueTask<StoredRecord?> FindRecordAsync(Realms realms, TrackId id, CancellationToken cancellationToken);

    /// <summary>The record that the entry at this log index made.</summary>
    ValueTask<StoredRecord?> FindRecordAtAsync(Realms realms, long index, CancellationToken cancellationToken);

    /// <summary>The record of the entry that took a unique key.</summary>
    ValueTask<StoredRecord?> FindByKeyAsync(Realm realm, string key, CancellationToken cancellationToken);

    ValueTask<RecordPage> ListAsync(Realms realms, RecordQuery query, CancellationToken cancellationToken);

    /// <summary>The newest records that have each of these terms, without their contents.</summary>
    /// <param name="realms">Whose.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="each">How many of each term, at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    ValueTask<IReadOnlyList<FoundRow>> FindRowsAsync(Realms realms, IReadOnlyList<IndexTerm> terms, int each, CancellationToken cancellationToken);

    /// <summary>The content of a record.</summary>
    ValueTask<StoredRecord> LoadAsync(RecordRow row, CancellationToken cancellationToken);

    /// <summary>The entry with this id.</summary>
    ValueTask<StoredEntry?> FindEntryAsync(Realms realms, TrackId id, CancellationToken cancellationToken);

    /// <summary>At most <paramref name="limit"/> entries, from a log index on, in the log's order.</summary>
    ValueTask<IReadOnlyList<StoredEntry>> ReadEntriesAsync(Realms realms, long from, int limit, CancellationToken cancellationToken);

    /// <summary>The entries that have a term, newest first: what an audit reads.</summary>
    ValueTask<IReadOnlyList<StoredEntry>> ListEntriesAsync(
        Realms realms, IndexTerm term, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>Entries with what became of what they made.</summary>
    ValueTask<ReceiptPage> ListReceiptsAsync(Realms realms, ReceiptQuery query, CancellationToken cancellationToken);

    /// <summary>Where an attachment lies; null unless an entry of these realms names it.</summary>
    ValueTask<BlobLocation?> FindAttachmentAsync(Realms realms, Digest digest, CancellationToken cancellationToken);

    /// <summary>The edges that leave (or, when <paramref name="reverse"/>, reach) a node, in a stable order.</summary>
    ValueTask<IReadOnlyList<StoredEdge>> ReadEdgesAsync(Realms realms, NodeKey node, bool reverse, int limit, CancellationToken cancellationToken);

    /// <summary>All edges from a log index on, in the log's order, and no part of one entry's: what a graph in memory is loaded from and follows.</summary>
    ValueTask<IReadOnlyList<StoredEdge>> ReadEdgesAsync(Realms realms, long from, int limit, CancellationToken cancellationToken);

    /// <summary>Imported nodes: described, and no more.</summary>
    DescribedSql Described { get; }

    /// <summary>How many records of a type there are.</summary>
    ValueTask<long> CountRecordsAsync(Realms realms, RecordType type, CancellationToken cancellationToken);

    /// <summary>How many different values of a field there are.</summary>
    ValueTask<long> CountTermsAsync(Realms realms, string field, CancellationToken cancellationToken);

    /// <summary>How many edges there are; the same from several entries once for each.</summary>
    ValueTask<long> CountEdgesAsync(Realms realms, CancellationToken cancellationToken);

    /// <summary>How many entries a tenant wrote on a day.</summary>
    ValueTask<long> CountEntriesAsync(Realm realm, DateOnly day, CancellationToken cancellationToken);
}
