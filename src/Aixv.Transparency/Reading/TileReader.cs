using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Reading;

/// <summary>Reads a log from its tiles alone, and believes none that the checkpoint's root does not confirm. Safe for concurrent use.</summary>
/// <remarks>Whether to believe the checkpoint is the caller's affair: see <see cref="NoteVerifier"/>.</remarks>
public sealed class TileReader
{
    private readonly VerifiedTiles tiles;

    private TileReader(VerifiedTiles tiles) => this.tiles = tiles;

    /// <summary>The checkpoint that everything read is checked against.</summary>
    public Checkpoint Checkpoint => tiles.Checkpoint;

    /// <exception cref="FileNotFoundException">A tile is missing.</exception>
    /// <exception cref="InvalidDataException">The tiles at the tree's edge do not lead to the checkpoint's root.</exception>
    public static async Task<TileReader> OpenAsync(ITileSource source, Checkpoint checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(checkpoint);
        return new TileReader(await VerifiedTiles.OpenAsync(source, checkpoint, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The hash of an entry.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not within the checkpoint's size.</exception>
    public async Task<MerkleHash> ReadLeafHashAsync(ulong index, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Checkpoint.Size);
        return await tiles.NodeAsync(0, index, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An entry's bytes.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadEntryAsync(ulong index, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Checkpoint.Size);
        var bundle = await tiles.BundleAsync(index / TilePath.FullWidth, cancellationToken).ConfigureAwait(false);
        return bundle[(int)(index % TilePath.FullWidth)];
    }

    /// <summary>The entries from an index to the checkpoint's end, in order.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadEntriesAsync(
        ulong from, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var index = from; index < Checkpoint.Size;)
        {
            var bundle = await tiles.BundleAsync(index / TilePath.FullWidth, cancellationToken).ConfigureAwait(false);
            for (var slot = (int)(index % TilePath.FullWidth); slot < bundle.Length; slot++, index++)
            {
                yield return bundle[slot];
            }
        }
    }

    /// <summary>The root of the first <paramref name="size"/> entries.</summary>
    public async Task<MerkleHash> RootAtAsync(ulong size, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Checkpoint.Size);
        return size == 0 ? MerkleTree.EmptyRoot : await RangeRootAsync(0, size, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>RFC 9162 §2.1.3.1: PATH(index, D[size]).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is above the checkpoint's, or the index not within it.</exception>
    public async Task<InclusionProof> ProveInclusionAsync(ulong index, ulong size, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Checkpoint.Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var hashes = new List<MerkleHash>();
        for (var (start, end) = (0UL, size); end - start > 1;)
        {
            var middle = start + Split(end - start);
            if (index < middle)
            {
                hashes.Add(await RangeRootAsync(middle, end, cancellationToken).ConfigureAwait(false));
                end = middle;
            }
            else
            {
                hashes.Add(await RangeRootAsync(start, middle, cancellationToken).ConfigureAwait(false));
                start = middle;
            }
        }

        hashes.Reverse();
        return new InclusionProof(index, size, [.. hashes]);
    }

    /// <summary>RFC 9162 §2.1.4.1: PROOF(oldSize, D[newSize]).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The new size is above the checkpoint's, or below the old one.</exception>
    public async Task<ConsistencyProof> ProveConsistencyAsync(ulong oldSize, ulong newSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newSize, Checkpoint.Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var hashes = new List<MerkleHash>();
        var (start, end) = (0UL, newSize);
        while (oldSize > 0 && oldSize < end)
        {
            var middle = start + Split(end - start);
            if (oldSize <= middle)
            {
                hashes.Add(await RangeRootAsync(middle, end, cancellationToken).ConfigureAwait(false));
                end = middle;
            }
            else
            {
                hashes.Add(await RangeRootAsync(start, middle, cancellationToken).ConfigureAwait(false));
                start = middle;
            }
        }

        // The subtree that the old tree ends in; the verifier knows it if it is the whole old tree.
        if (start > 0)
        {
            hashes.Add(await RangeRootAsync(start, end, cancellationToken).ConfigureAwait(false));
        }

        hashes.Reverse();
        return new ConsistencyProof(oldSize, newSize, ImmutableArray.CreateRange(hashes));
    }

    /// <summary>The largest power of two below a number.</summary>
    private static ulong Split(ulong count) => 1UL << BitOperations.Log2(count - 1);

    /// <summary>The root of the leaves from a start to before an end, where a subtree of the tree of the end's size begins at the start.</summary>
    private async ValueTask<MerkleHash> RangeRootAsync(ulong start, ulong end, CancellationToken cancellationToken)
    {
        if (BitOperations.IsPow2(end - start))
        {
            var level = BitOperations.Log2(end - start);
            return await tiles.NodeAsync(level, start >> level, cancellationToken).ConfigureAwait(false);
        }

        var middle = start + Split(end - start);
        var left = await RangeRootAsync(start, middle, cancellationToken).ConfigureAwait(false);
        return MerkleTree.HashChildren(left, await RangeRootAsync(middle, end, cancellationToken).ConfigureAwait(false));
    }
}
