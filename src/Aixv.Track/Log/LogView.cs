using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;

namespace Aixv.Track.Log;

/// <summary>The public log as readers see it: its checkpoint, its files, and proofs made from these. Safe for concurrent use.</summary>
/// <param name="tiles">The log's files.</param>
/// <param name="latest">The last published checkpoint.</param>
/// <param name="verifier">Checks what the log signs.</param>
/// <param name="origin">The log's name, the first line of its checkpoints.</param>
internal sealed class LogView(ITileSource tiles, Func<CancellationToken, ValueTask<SignedNote>> latest, NoteVerifier verifier, string origin)
{
    private TileReader? reader;

    public ITileSource Tiles => tiles;

    public NoteVerifier Verifier => verifier;

    /// <summary>The first line of its checkpoints.</summary>
    public string Origin => origin;

    public ValueTask<SignedNote> LatestCheckpointAsync(CancellationToken cancellationToken) => latest(cancellationToken);

    /// <summary>An entry's proof in the tree of a checkpoint.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not within the checkpoint's size.</exception>
    public async Task<InclusionProof> ProveInclusionAsync(long index, SignedNote checkpoint, CancellationToken cancellationToken)
    {
        var tree = Checkpoint.Parse(checkpoint.Text.Span);
        return await (await ReaderAsync(tree, cancellationToken)).ProveInclusionAsync((ulong)index, tree.Size, cancellationToken);
    }

    /// <summary>That the tree of <paramref name="newSize"/> extends that of <paramref name="oldSize"/>; both published.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is above the latest checkpoint's, or the new one below the old.</exception>
    public async Task<ConsistencyProof> ProveConsistencyAsync(ulong oldSize, ulong newSize, CancellationToken cancellationToken)
    {
        var tree = Checkpoint.Parse((await latest(cancellationToken)).Text.Span);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newSize, tree.Size);
        return await (await ReaderAsync(tree, cancellationToken)).ProveConsistencyAsync(oldSize, newSize, cancellationToken);
    }

    /// <summary>A leaf's bytes, checked against the tree.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadLeafAsync(long index, CancellationToken cancellationToken)
    {
        var tree = Checkpoint.Parse((await latest(cancellationToken)).Text.Span);
        return await (await ReaderAsync(tree, cancellationToken)).ReadEntryAsync((ulong)index, cancellationToken);
    }

    /// <summary>A reader of the latest tree.</summary>
    public async Task<TileReader> OpenAsync(CancellationToken cancellationToken) =>
        await ReaderAsync(Checkpoint.Parse((await latest(cancellationToken)).Text.Span), cancellationToken);

    /// <summary>The last reader, where its tree covers this one; else a new one.</summary>
    private async ValueTask<TileReader> ReaderAsync(Checkpoint atLeast, CancellationToken cancellationToken)
    {
        var current = Volatile.Read(ref reader);
        if (current is null || current.Checkpoint.Size < atLeast.Size)
        {
            current = await TileReader.OpenAsync(tiles, atLeast, cancellationToken);
            Volatile.Write(ref reader, current);
        }

        return current;
    }
}
