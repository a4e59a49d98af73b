namespace Aixv.Protocol.Lineage;

/// <summary>What a refresh of the index did.</summary>
/// <param name="Read">Records that were read, for they are new or changed.</param>
/// <param name="Kept">Records that are as they were.</param>
/// <param name="Removed">Records that are gone or were read again.</param>
/// <param name="Problems">Every record that is unreadable or whose signature is refused, with the reason; the old ones too.</param>
/// <param name="NotKept">Why the index could not be written; null when it was, or needed not be.</param>
public sealed record IndexReport(int Read, int Kept, int Removed, IReadOnlyList<LineageSource> Problems, string? NotKept);
