using System.Security.Cryptography;
using Aixv.Protocol.Receipts;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Tenants;

/// <summary>A caller at work: reads its tenant's data and writes entries in its name. This is the one place where writing is bound to a tenant.</summary>
internal sealed class TenantSession(IRegistryStore store, EntryWriter writer, EntryKinds kinds, TimeProvider time, Caller caller)
{
    public Caller Caller => caller;

    public Tenant Tenant => caller.Tenant;

    /// <summary>The tenant's own data.</summary>
    public TenantView View { get; } = TenantView.Of(store, caller.Tenant);

    /// <summary>The key of the request, kept with the first entry that it writes.</summary>
    public RequestKey? RequestKey { get; set; }

    /// <summary>The time in whole milliseconds, as entries have it.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Writes an entry; returns when it is durable, covered by a published checkpoint and indexed, or refused.</summary>
    /// <param name="kind">The name of its <see cref="EntryKind"/>.</param>
    /// <param name="content">One JSON object.</param>
    /// <param name="attachments">Bytes to keep beside it.</param>
    /// <param name="id">The entry's id; a new one where not given.</param>
    /// <param name="cancellationToken">Ends the wait; the entry may be written nevertheless.</param>
    /// <exception cref="IOException">Storage failed: the entry may or may not be in the log.</exception>
    public async Task<WriteOutcome> WriteAsync(
        string kind,
        ReadOnlyMemory<byte> content,
        IReadOnlyList<ReadOnlyMemory<byte>>? attachments = null,
        TrackId? id = null,
        CancellationToken cancellationToken = default)
    {
        var now = Now();
        var key = RequestKey;
        RequestKey = null;
        var draft = new EntryDraft
        {
            Tenant = Tenant,
            Kind = kind,
            Id = id ?? TrackId.New(now),
            Time = now,
            Actor = caller.Actor,
            Content = content,
            Attachments = attachments ?? [],
            IdempotencyKey = key?.Key,
            IdempotencyFingerprint = key?.Fingerprint ?? default,
        };
        var entry = Entry.Create(draft);
        if (entry.Statement.Length > Entry.MaximumBytes)
        {
            throw Hosting.ApiError.TooLarge(Entry.MaximumBytes);
        }

        var isPublic = Tenant.Visibility == Visibility.Public && !kinds.Find(kind).IsPrivate;
        ReadOnlyMemory<byte> salt = isPublic ? default : RandomNumberGenerator.GetBytes(EntryLeaf.SaltLength);
        var changes = kinds.Project(entry, key?.Key ?? "", draft.IdempotencyFingerprint);
        var leaf = isPublic
            ? PublicLeaf.Of(entry, changes)
            : EntryLeaf.Salted(salt.Span, entry.Statement.Span);
        var frame = new EntryFrame(entry.Statement, salt, leaf.ToBytes(), key?.Key ?? "", draft.IdempotencyFingerprint);
        return await writer.WriteAsync(new PendingEntry(Tenant, entry, frame, draft.Attachments, changes), cancellationToken);
    }
}
