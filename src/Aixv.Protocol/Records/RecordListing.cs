using System.Collections.Immutable;

namespace Aixv.Protocol.Records;

/// <summary>What a folder holds: records, and files that could not be read as such. Nothing is left out.</summary>
public sealed record RecordListing(ImmutableArray<StoredRecord> Records, ImmutableArray<DamagedFile> Damaged)
{
    internal static RecordListing Empty { get; } = new([], []);
}

/// <summary>A file that is not what its place says.</summary>
public sealed record DamagedFile(string Path, string Reason);
