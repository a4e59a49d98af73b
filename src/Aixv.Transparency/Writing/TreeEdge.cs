using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Writing;

/// <summary>The complete subtrees that a tree of some size ends in: all that is needed to extend it.</summary>
/// <param name="size">The number of leaves.</param>
/// <param name="nodes">At each level whose bit is set in the size, the last complete node; elsewhere unused.</param>
public sealed class TreeEdge(ulong size, MerkleHash[] nodes)
{
    /// <summary>The number of levels that a 64-bit tree can have.</summary>
    public const int Levels = 64;

    /// <summary>The edge of the tree without leaves.</summary>
    public static TreeEdge Empty { get; } = new(0, new MerkleHash[Levels]);

    public ulong Size => size;

    /// <summary>The last complete node of a level that <see cref="Has"/> one.</summary>
    public MerkleHash this[int level] => nodes[level];

    /// <summary>Whether the tree ends in a complete subtree of this level.</summary>
    public bool Has(int level) => (size >> level & 1) == 1;

    /// <summary>At each level, the incomplete last node: the hash of the leaves after the last complete node, where there are any.</summary>
    internal MerkleHash[] IncompleteNodes(out MerkleHash root)
    {
        var incomplete = new MerkleHash[Levels];
        var below = default(MerkleHash?);
        for (var level = 0; level < Levels; level++)
        {
            incomplete[level] = below ?? default;
            if (Has(level))
            {
                below = below is { } right ? MerkleTree.HashChildren(nodes[level], right) : nodes[level];
            }
        }

        root = below ?? MerkleTree.EmptyRoot;
        return incomplete;
    }

    internal MerkleHash Root()
    {
        IncompleteNodes(out var root);
        return root;
    }
}
