using Aixv.Track.Indexing;
using Aixv.Track.Log;

namespace Aixv.Track.Storage;

/// <summary>Decides for the entries of a batch, in order, which may be logged: against the index and against those before it in the batch.</summary>
/// <param name="keys">Who has a unique key, by the index.</param>
/// <param name="records">What a record is now, by the index.</param>
internal sealed class BatchCheck(Func<Realm, string, KeyOwner?> keys, Func<TrackId, RecordState?> records)
{
    private readonly Dictionary<(Realm Realm, string Key), (PendingEntry By, ReadOnlyMemory<byte> Fingerprint)> batchKeys = [];
    private readonly Dictionary<TrackId, RecordState> batchRecords = [];
    private readonly List<(PendingEntry Entry, PendingEntry First, string Key, bool Same)> repeats = [];
    private readonly List<(PendingEntry Entry, WriteOutcome Outcome)> refused = [];
    private readonly List<PendingEntry> accepted = [];

    /// <summary>Those that are to be logged, in order.</summary>
    public IReadOnlyList<PendingEntry> Accepted => accepted;

    /// <summary>Which of the accepted ones has a unique key.</summary>
    public (PendingEntry By, ReadOnlyMemory<byte> Fingerprint)? FindKey(Realm realm, string key) =>
        batchKeys.TryGetValue((realm, key), out var found) ? found : null;

    /// <summary>What the accepted ones make of a record; null where they do not touch it.</summary>
    public RecordState? FindRecord(TrackId id) => batchRecords.GetValueOrDefault(id);

    /// <summary>Looks at one entry; one that may not be logged gets its answer from <see cref="AnswerRest"/>.</summary>
    public void Add(PendingEntry entry)
    {
        if (FindKeys(entry))
        {
            return;
        }

        foreach (var requirement in entry.Changes.Requirements)
        {
            var state = StateOf(requirement.Record) is { } found && (found.Realm == entry.Tenant.Realm || found.IsPublic) && found.Type == requirement.Type
                ? found
                : null;
            if (state is null || (requirement.Statuses.Count > 0 && !requirement.Statuses.Contains(state.Status)))
            {
                refused.Add((entry, new Unmet(requirement, state?.Status)));
                return;
            }
        }

        Accept(entry);
    }

    private RecordState? StateOf(TrackId record) => batchRecords.TryGetValue(record, out var state) ? state : records(record);

    /// <summary>Whether a key is taken, by the same or by something else; what differs weighs more.</summary>
    private bool FindKeys(PendingEntry entry)
    {
        (PendingEntry? First, long Index, string Key)? same = null;
        foreach (var key in entry.Changes.Keys)
        {
            if (batchKeys.TryGetValue((entry.Tenant.Realm, key.Key), out var earlier))
            {
                if (!earlier.Fingerprint.Span.SequenceEqual(key.Fingerprint.Span))
                {
                    repeats.Add((entry, earlier.By, key.Key, Same: false));
                    return true;
                }

                same ??= (earlier.By, 0, key.Key);
            }
            else if (keys(entry.Tenant.Realm, key.Key) is { } found)
            {
                if (!found.Fingerprint.AsSpan().SequenceEqual(key.Fingerprint.Span))
                {
                    refused.Add((entry, new Taken(found.Index, key.Key)));
                    return true;
                }

                same ??= (null, found.Index, key.Key);
            }
        }

        switch (same)
        {
            case null:
                return false;
            case { First: { } first } repeat:
                repeats.Add((entry, first, repeat.Key, Same: true));
                return true;
            case { } known:
                refused.Add((entry, new Existing(known.Index, known.Key)));
                return true;
        }
    }

    private void Accept(PendingEntry entry)
    {
        accepted.Add(entry);
        var realm = entry.Tenant.Realm;
        foreach (var key in entry.Changes.Keys)
        {
            batchKeys[(realm, key.Key)] = (entry, key.Fingerprint);
        }

        if (entry.Changes.Created is { } made)
        {
            batchRecords[made.Id] = new RecordState(realm, entry.IsPublic, made.Type, made.Status, Index: -1);
        }

        foreach (var change in entry.Changes.Statuses)
        {
            if (StateOf(change.Record) is { } state && state.Realm == realm)
            {
                batchRecords[change.Record] = state with { Status = change.Status };
            }
        }
    }

    /// <summary>Answers those that are not logged, once those are that they were judged by.</summary>
    /// <param name="indexOf">The log index of an accepted entry.</param>
    public void AnswerRest(Func<PendingEntry, long> indexOf)
    {
        foreach (var (entry, outcome) in refused)
        {
            entry.Answer(outcome);
        }

        foreach (var (entry, first, key, same) in repeats)
        {
            entry.Answer(same ? new Existing(indexOf(first), key) : new Taken(indexOf(first), key));
        }
    }
}
