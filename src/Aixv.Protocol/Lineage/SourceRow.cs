using System.Runtime.InteropServices;

namespace Aixv.Protocol.Lineage;

/// <summary>A source as the index file keeps it; texts by number, times in Unix seconds, file stamps as <see cref="FileStamp"/>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
internal struct SourceRow
{
    internal FileStamp Record;
    internal FileStamp Bundle;
    internal long LogIndex;
    internal long Time;
    internal int Path;
    internal int PredicateType;
    internal int SignerSubject;
    internal int SignerIssuer;
    internal int LogOrigin;
    internal int Problem;
    internal SourceStatus Status;
    internal SourceFlags Flags;

    /// <summary>The value of <see cref="Time"/> where none is known.</summary>
    internal const long NoTime = long.MinValue;
}

/// <summary>What a source says beside its edges.</summary>
[Flags]
internal enum SourceFlags : byte
{
    None = 0,

    /// <summary>It says <c>parent_models: []</c>: trained from scratch.</summary>
    FromScratch = 1,

    /// <summary>Its bundle is not beside it, so a change of the bundle shows nowhere: it is read at every refresh.</summary>
    BundleElsewhere = 2,
}

/// <summary>By what a file is known to be unchanged.</summary>
/// <param name="Length">In bytes; -1 when there is no such file.</param>
/// <param name="Written">The time of last writing, in ticks of UTC.</param>
internal readonly record struct FileStamp(long Length, long Written)
{
    internal static FileStamp None => new(-1, 0);
}
