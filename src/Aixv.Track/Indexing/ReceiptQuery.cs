using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>Which entries, newest first, with what became of what they made.</summary>
internal sealed record ReceiptQuery
{
    /// <summary>The entry itself.</summary>
    public TrackId? Id { get; init; }

    /// <summary>The record that the entry made.</summary>
    public TrackId? Record { get; init; }

    /// <summary>All of these must hold of the entry or of the record that it made.</summary>
    public IReadOnlyList<IndexTerm> Terms { get; init; } = [];

    /// <summary>Besides, one term must begin with this.</summary>
    public IndexTerm? Prefix { get; init; }

    /// <summary>Null: every status.</summary>
    public ReceiptState? State { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>Not after this.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only those before this log index.</summary>
    public long? Before { get; init; }

    public int Limit { get; init; } = 20;

    public int Offset { get; init; }
}
