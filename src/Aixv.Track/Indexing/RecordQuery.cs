namespace Aixv.Track.Indexing;

/// <summary>Which records, newest first.</summary>
internal sealed record RecordQuery
{
    public required RecordType Type { get; init; }

    /// <summary>All of these must hold; none: every record of the type.</summary>
    public IReadOnlyList<IndexTerm> Terms { get; init; } = [];

    /// <summary>Besides, one of the record's terms must begin with this: <c>word=llam</c>.</summary>
    public IndexTerm? Prefix { get; init; }

    /// <summary>Any of these; none: every status.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    public DateTimeOffset? From { get; init; }

    /// <summary>Not after this.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only those before this <see cref="StoredRecord.Index"/>: the cursor of pages.</summary>
    public long? Before { get; init; }

    public int Limit { get; init; } = 20;

    public int Offset { get; init; }

    /// <summary>Whether <see cref="RecordPage.Total"/> is wanted.</summary>
    public bool Count { get; init; } = true;
}
