using System.Collections.Immutable;
using System.Security.Cryptography;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Tests.Merkle;

/// <summary>RFC 6962 §2.1 as its recursive definitions say, with no cleverness: what the real code is compared with.</summary>
internal static class NaiveTree
{
    internal static MerkleHash Root(ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.IsEmpty)
        {
            return MerkleHash.FromBytes(SHA256.HashData([]));
        }

        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var k = Split(leaves.Length);
        return Node(Root(leaves[..k]), Root(leaves[k..]));
    }

    internal static ImmutableArray<MerkleHash> Path(int index, ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length <= 1)
        {
            return [];
        }

        var k = Split(leaves.Length);
        return index < k
            ? [.. Path(index, leaves[..k]), Root(leaves[k..])]
            : [.. Path(index - k, leaves[k..]), Root(leaves[..k])];
    }

    internal static ImmutableArray<MerkleHash> Consistency(int oldSize, ReadOnlySpan<MerkleHash> leaves) =>
        oldSize == 0 ? [] : SubProof(oldSize, leaves, known: true);

    private static ImmutableArray<MerkleHash> SubProof(int m, ReadOnlySpan<MerkleHash> leaves, bool known)
    {
        if (m == leaves.Length)
        {
            return known ? [] : [Root(leaves)];
        }

        var k = Split(leaves.Length);
        return m <= k
            ? [.. SubProof(m, leaves[..k], known), Root(leaves[k..])]
            : [.. SubProof(m - k, leaves[k..], known: false), Root(leaves[..k])];
    }

    internal static MerkleHash Node(MerkleHash left, MerkleHash right) =>
        MerkleHash.FromBytes(SHA256.HashData([1, .. left.ToArray(), .. right.ToArray()]));

    /// <summary>Leaves 0, 1, 2, ... of one or a few bytes each.</summary>
    internal static MerkleHash[] Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(i => MerkleHash.FromBytes(SHA256.HashData([0, (byte)(i & 0xff), (byte)((i >> 8) & 0xff)])))];

    private static int Split(int count)
    {
        var k = 1;
        while (k * 2 < count)
        {
            k *= 2;
        }

        return k;
    }
}
