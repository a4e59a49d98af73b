using System.Collections.Immutable;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Writing;

/// <summary>A tree that grew by a batch: the nodes that became complete, and so the proofs of the new leaves.</summary>
public sealed class TreeExtension
{
    private readonly TreeEdge before;
    private readonly MerkleHash[][] added;
    private readonly MerkleHash[] incomplete;

    /// <param name="before">The tree's edge before.</param>
    /// <param name="leaves">The hashes of the new leaves.</param>
    public TreeExtension(TreeEdge before, MerkleHash[] leaves)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(leaves);
        this.before = before;
        var size = before.Size + (ulong)leaves.Length;
        added = new MerkleHash[TreeEdge.Levels][];
        added[0] = leaves;
        for (var level = 1; level < TreeEdge.Levels; level++)
        {
            added[level] = Parents(level, size);
        }

        var nodes = new MerkleHash[TreeEdge.Levels];
        for (var level = 0; level < TreeEdge.Levels; level++)
        {
            if ((size >> level & 1) == 1)
            {
                nodes[level] = added[level] is [.., var last] ? last : before[level];
            }
        }

        After = new TreeEdge(size, nodes);
        incomplete = After.IncompleteNodes(out var root);
        Root = root;
    }

    /// <summary>The edge of the tree as it now is.</summary>
    public TreeEdge After { get; }

    public MerkleHash Root { get; }

    /// <summary>The nodes of a level that became complete, in order; the first has index <c>before.Size >> level</c>.</summary>
    public ReadOnlySpan<MerkleHash> Added(int level) => added[level];

    private MerkleHash[] Parents(int level, ulong size)
    {
        var below = added[level - 1];
        var first = before.Size >> level;
        var count = (size >> level) - first;
        if (count == 0)
        {
            return [];
        }

        var parents = new MerkleHash[count];

        // An odd number of nodes below, before: the last of them is the first parent's left child.
        var carried = before.Has(level - 1) ? 1 : 0;
        for (var i = 0; i < parents.Length; i++)
        {
            var left = 2 * i - carried;
            parents[i] = MerkleTree.HashChildren(left < 0 ? before[level - 1] : below[left], below[left + 1]);
        }

        return parents;
    }

    /// <summary>The proof of a new leaf in the tree as it now is.</summary>
    public InclusionProof Prove(ulong index)
    {
        var hashes = ImmutableArray.CreateBuilder<MerkleHash>();
        var last = After.Size - 1;
        for (var level = 0; last >> level > 0; level++)
        {
            var node = index >> level;
            if ((node & 1) == 1)
            {
                hashes.Add(Node(level, node - 1));
            }
            else if (node < last >> level)
            {
                hashes.Add(Node(level, node + 1));
            }
        }

        return new InclusionProof(index, After.Size, hashes.ToImmutable());
    }

    private MerkleHash Node(int level, ulong index)
    {
        var first = before.Size >> level;
        return index < first ? before[level]
            : index < After.Size >> level ? added[level][index - first]
            : incomplete[level];
    }
}
