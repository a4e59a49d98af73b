using System.Buffers.Binary;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Writing;

/// <summary>Some consecutive entries of a batch, in the encoding of journal and bundle, with their leaf hashes.</summary>
/// <remarks>Room is reserved under the queue's lock; the bytes are then filled in and hashed by the callers, at once.</remarks>
internal sealed class LeafChunk
{
    internal const int Capacity = 256 * 1024;
    internal const int MaximumEntries = 256;

    private readonly byte[] bytes = new byte[Capacity];
    private readonly int[] ends = new int[MaximumEntries];
    private readonly MerkleHash[] hashes = new MerkleHash[MaximumEntries];

    internal int Count { get; private set; }

    internal int Length => Count == 0 ? 0 : ends[Count - 1];

    internal ReadOnlySpan<MerkleHash> Hashes => hashes.AsSpan(0, Count);

    /// <summary>The encoded entries from one to before another.</summary>
    internal ReadOnlyMemory<byte> Encoded(int from, int to) => bytes.AsMemory(Start(from), to == from ? 0 : ends[to - 1] - Start(from));

    private int Start(int entry) => entry == 0 ? 0 : ends[entry - 1];

    internal bool HasRoomFor(int leafLength) => Count < MaximumEntries && Capacity - Length >= EntryBundle.PrefixLength + leafLength;

    /// <summary>Takes the next entry's room and returns its number in the chunk.</summary>
    internal int Reserve(int leafLength)
    {
        ends[Count] = Length + EntryBundle.PrefixLength + leafLength;
        return Count++;
    }

    /// <summary>Copies a leaf into its room and hashes the copy, so that a caller who changes its buffer changes nothing.</summary>
    internal void Fill(int entry, ReadOnlySpan<byte> leaf)
    {
        var room = bytes.AsSpan(Start(entry), EntryBundle.PrefixLength + leaf.Length);
        leaf.CopyTo(room[EntryBundle.PrefixLength..]);

        // The byte before the leaf is lent to the hash's prefix until the length is written over it.
        room[EntryBundle.PrefixLength - 1] = MerkleTree.LeafPrefix;
        hashes[entry] = MerkleTree.HashPrefixedLeaf(room[(EntryBundle.PrefixLength - 1)..]);
        BinaryPrimitives.WriteUInt16BigEndian(room, (ushort)leaf.Length);
    }

    internal void Clear() => Count = 0;
}
