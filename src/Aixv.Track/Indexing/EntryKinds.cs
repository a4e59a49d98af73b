using System.Collections.Frozen;
using Aixv.Track.Log;

namespace Aixv.Track.Indexing;

/// <summary>The kinds of entry that this server knows, by name.</summary>
internal sealed class EntryKinds
{
    private readonly FrozenDictionary<string, EntryKind> kinds;

    public EntryKinds(IEnumerable<EntryKind> kinds) => this.kinds = kinds.ToFrozenDictionary(k => k.Name, StringComparer.Ordinal);

    /// <summary>The prefix of the unique keys that requests bring.</summary>
    public const string RequestPrefix = "request/";

    /// <summary>What an entry changes, its request's key included.</summary>
    /// <exception cref="InvalidDataException">The entry is of a kind that this version does not know.</exception>
    public IndexChanges Project(Entry entry, string idempotencyKey, ReadOnlyMemory<byte> idempotencyFingerprint)
    {
        var changes = new IndexChanges();
        if (idempotencyKey.Length > 0)
        {
            changes.Key(RequestPrefix + idempotencyKey, idempotencyFingerprint);
        }

        // Receipts are listed by their kind.
        changes.EntryTerm("kind", entry.Kind);
        Find(entry.Kind).Project(entry, changes);
        return changes;
    }

    /// <summary>What a stored entry changes.</summary>
    public IndexChanges Project(Entry entry, EntryFrame frame) => Project(entry, frame.IdempotencyKey, frame.IdempotencyFingerprint);

    /// <exception cref="InvalidDataException">This version does not know it.</exception>
    public EntryKind Find(string kind) => kinds.GetValueOrDefault(kind)
        ?? throw new InvalidDataException($"track: an entry is of the kind '{kind}', which this version does not know");
}
