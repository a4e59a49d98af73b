using Aixv.Track.Indexing;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Track.Storage;

/// <summary>The index and the log's checkpoint of one moment.</summary>
internal sealed class AuditSnapshot(SqlSession index, SignedNote checkpoint) : IAsyncDisposable
{
    public SqlSession Index => index;

    public SignedNote Checkpoint => checkpoint;

    public ValueTask DisposeAsync() => index.DisposeAsync();
}
