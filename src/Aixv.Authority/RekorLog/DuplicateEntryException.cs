namespace Aixv.Authority.RekorLog;

/// <summary>The entry is in the log already.</summary>
internal sealed class DuplicateEntryException(ulong index) : Exception($"an equivalent entry is in the log already, with index {index}")
{
    public ulong Index { get; } = index;
}
