using Aixv.Sigstore.Artifacts;
using Aixv.Track.Attesting;
using Aixv.Track.Importing;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;

namespace Aixv.Track.Tenants;

/// <summary>The registry as one tenant, or the public, sees it. This is the one place where reading is bound to a tenant.</summary>
internal sealed class TenantView
{
    private readonly IRegistryStore store;
    private readonly Realms realms;

    private TenantView(IRegistryStore store, Realms realms) => (this.store, this.realms) = (store, realms);

    /// <summary>What everybody sees: all of public tenants.</summary>
    public static TenantView OfPublic(IRegistryStore store) => new(store, Realms.Public);

    /// <summary>A tenant's own data.</summary>
    public static TenantView Of(IRegistryStore store, Tenant tenant) => new(store, Realms.Only(tenant.Realm));

    /// <summary>The data of one realm: for the server's own work for a tenant, never for a request.</summary>
    public static TenantView OfRealm(IRegistryStore store, Realm realm) => new(store, Realms.Only(realm));

    /// <summary>Every tenant's data: for the server's own followers, never for a request.</summary>
    public static TenantView OfEveryTenant(IRegistryStore store) => new(store, Realms.EveryTenant);

    /// <summary>The same and what is public besides.</summary>
    public TenantView AndPublic() => new(store, Realms.OwnAndPublic(realms.Own));

    /// <summary>What the view sees: answers that are kept are kept for those who see the same.</summary>
    public Realms Realms => realms;

    /// <summary>A number that grows whenever something changes that this view sees. Read it before what is to be kept under it.</summary>
    public ValueTask<long> VersionAsync(CancellationToken cancellationToken) => store.Index.VersionAsync(realms, cancellationToken);

    /// <summary>The record with this id, or with this id as the tenant's own name for it, if it is of this type.</summary>
    public async ValueTask<StoredRecord?> FindAsync(RecordType type, TrackId id, CancellationToken cancellationToken)
    {
        var found = await store.Index.FindRecordAsync(realms, id, cancellationToken)
            ?? await store.Index.FindByKeyAsync(realms.Own, Alias.KeyOf(type, id), cancellationToken);
        return found?.Type == type ? found : null;
    }

    /// <summary>The record that an entry made: of <see cref="Log.Existing"/> and <see cref="Log.Taken"/>.</summary>
    public ValueTask<StoredRecord?> FindByIndexAsync(long index, CancellationToken cancellationToken) =>
        store.Index.FindRecordAtAsync(realms, index, cancellationToken);

    /// <summary>The record that has a unique key in the tenant's own data.</summary>
    public ValueTask<StoredRecord?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        store.Index.FindByKeyAsync(realms.Own, key, cancellationToken);

    public ValueTask<RecordPage> ListAsync(RecordQuery query, CancellationToken cancellationToken) =>
        store.Index.ListAsync(realms, query, cancellationToken);

    /// <summary>The newest records that have each of these terms, without their contents.</summary>
    public ValueTask<IReadOnlyList<FoundRow>> FindRowsAsync(IReadOnlyList<IndexTerm> terms, int each, CancellationToken cancellationToken) =>
        store.Index.FindRowsAsync(realms, terms, each, cancellationToken);

    /// <summary>The content of a record that this view found.</summary>
    public ValueTask<StoredRecord> LoadAsync(RecordRow row, CancellationToken cancellationToken) => store.Index.LoadAsync(row, cancellationToken);

    /// <summary>The record with this id, of whatever type.</summary>
    public ValueTask<StoredRecord?> FindAsync(TrackId id, CancellationToken cancellationToken) => store.Index.FindRecordAsync(realms, id, cancellationToken);

    public ValueTask<long> CountRecordsAsync(RecordType type, CancellationToken cancellationToken) => store.Index.CountRecordsAsync(realms, type, cancellationToken);

    /// <summary>How many different values of a field there are.</summary>
    public ValueTask<long> CountTermsAsync(string field, CancellationToken cancellationToken) => store.Index.CountTermsAsync(realms, field, cancellationToken);

    public ValueTask<long> CountEdgesAsync(CancellationToken cancellationToken) => store.Index.CountEdgesAsync(realms, cancellationToken);

    /// <summary>Whose data this is beside what is public: what differs between views of different readers.</summary>
    public Realm Realm => realms.Own;

    public ValueTask<StoredEntry?> FindEntryAsync(TrackId id, CancellationToken cancellationToken) =>
        store.Index.FindEntryAsync(realms, id, cancellationToken);

    /// <summary>Entries with what became of what they made.</summary>
    public ValueTask<ReceiptPage> ListReceiptsAsync(ReceiptQuery query, CancellationToken cancellationToken) =>
        store.Index.ListReceiptsAsync(realms, query, cancellationToken);

    /// <summary>The entry with this id and what became of what it made.</summary>
    public async ValueTask<StoredReceipt?> FindReceiptAsync(TrackId id, CancellationToken cancellationToken) =>
        (await store.Index.ListReceiptsAsync(realms, new ReceiptQuery { Id = id, Limit = 1 }, cancellationToken)).Items is [var found] ? found : null;

    /// <summary>At most <paramref name="limit"/> entries, from a log index on, in the log's order.</summary>
    public ValueTask<IReadOnlyList<StoredEntry>> ReadEntriesAsync(long from, int limit, CancellationToken cancellationToken) =>
        store.Index.ReadEntriesAsync(realms, from, limit, cancellationToken);

    /// <summary>The entries that have a term, newest first.</summary>
    public ValueTask<IReadOnlyList<StoredEntry>> ListEntriesAsync(IndexTerm term, long? before, int limit, CancellationToken cancellationToken) =>
        store.Index.ListEntriesAsync(realms, term, before, limit, cancellationToken);

    /// <summary>The bytes of an attachment; null unless an entry that this view sees names it.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAttachmentAsync(Digest digest, CancellationToken cancellationToken)
    {
        if (await store.Index.FindAttachmentAsync(realms, digest, cancellationToken) is not { } location)
        {
            return default;
        }

        return await store.Blobs.ReadAsync(location, cancellationToken);
    }

    /// <summary>The edges that leave (or, when <paramref name="reverse"/>, reach) a node, oldest first.</summary>
    public ValueTask<IReadOnlyList<StoredEdge>> ReadEdgesAsync(NodeKey node, bool reverse, int limit, CancellationToken cancellationToken) =>
        store.Index.ReadEdgesAsync(realms, node, reverse, limit, cancellationToken);

    /// <summary>All edges from a log index on, in the log's order; at most <paramref name="limit"/>, but never a part of one entry's.</summary>
    public ValueTask<IReadOnlyList<StoredEdge>> ReadEdgesAsync(long from, int limit, CancellationToken cancellationToken) =>
        store.Index.ReadEdgesAsync(realms, from, limit, cancellationToken);

    /// <summary>What imports say of nodes, by key or digest; nodes that nobody describes are left out.</summary>
    public ValueTask<IReadOnlyDictionary<NodeKey, IReadOnlyList<Described>>> DescribeAsync(IReadOnlyCollection<NodeKey> nodes, CancellationToken cancellationToken) =>
        store.Index.Described.FindAsync(realms, nodes, cancellationToken);

    /// <summary>The described nodes whose name has this slug, the most used first.</summary>
    public ValueTask<IReadOnlyList<Described>> FindDescribedAsync(string slug, CancellationToken cancellationToken) =>
        store.Index.Described.FindBySlugAsync(realms, slug, cancellationToken);

    /// <summary>The described nodes whose name has every word of a text, the last one perhaps only begun; the most used first.</summary>
    public ValueTask<IReadOnlyList<Described>> SearchDescribedAsync(string text, int limit, CancellationToken cancellationToken) =>
        store.Index.Described.SearchAsync(realms, text, limit, cancellationToken);

    /// <summary>How many described nodes there are.</summary>
    public ValueTask<long> CountDescribedAsync(CancellationToken cancellationToken) => store.Index.Described.CountAsync(realms, cancellationToken);

    /// <summary>Whether what an entry of this realm says is seen: for followers that hold every tenant's data.</summary>
    public bool Sees(Realm realm, bool isPublic) => realms.Sees(realm, isPublic);

    /// <summary>The number of entries that the index holds: how far a follower can come.</summary>
    public ValueTask<long> SizeAsync(CancellationToken cancellationToken) => store.Index.SizeAsync(cancellationToken);
}
