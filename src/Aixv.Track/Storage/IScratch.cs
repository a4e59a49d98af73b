using Aixv.Track.Indexing;

namespace Aixv.Track.Storage;

/// <summary>State that may be lost without harm to any receipt: answers to repeat, when keys were used, how far followers have come.</summary>
internal interface IScratch
{
    /// <summary>The answer that was given to a request with this key, unless it is past its time.</summary>
    ValueTask<StoredAnswer?> FindAnswerAsync(Realm realm, string key, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Keeps an answer; the first one kept stays.</summary>
    ValueTask KeepAnswerAsync(Realm realm, string key, StoredAnswer answer, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets answers past their time.</summary>
    ValueTask<int> ForgetAnswersAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>When keys were last used.</summary>
    ValueTask<DateTimeOffset?> FindLastUsedAsync(TrackId key, CancellationToken cancellationToken);

    ValueTask KeepLastUsedAsync(IReadOnlyDictionary<TrackId, DateTimeOffset> uses, CancellationToken cancellationToken);

    /// <summary>The log index from which a follower goes on; 0 at first.</summary>
    ValueTask<long> FindPositionAsync(string follower, CancellationToken cancellationToken);

    ValueTask KeepPositionAsync(string follower, long position, CancellationToken cancellationToken);

    /// <summary>Takes or renews the right to be the only node that does some work, until a time; false when another node has it.</summary>
    ValueTask<bool> TryLeaseAsync(string work, string node, DateTimeOffset now, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>A small document of a feature, by name; null when there is none.</summary>
    ValueTask<ReadOnlyMemory<byte>?> FindDocumentAsync(string name, CancellationToken cancellationToken);

    /// <summary>Keeps a small document; an empty one deletes it.</summary>
    ValueTask KeepDocumentAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>The documents whose names begin with <paramref name="prefix"/>, by name.</summary>
    ValueTask<IReadOnlyList<KeyValuePair<string, ReadOnlyMemory<byte>>>> ListDocumentsAsync(string prefix, int limit, CancellationToken cancellationToken);
}
