using System.Collections.Immutable;

namespace Aixv.Transparency.Merkle;

/// <summary>That a leaf is at <paramref name="Index"/> in the tree of <paramref name="TreeSize"/> leaves (RFC 9162 §2.1.3).</summary>
/// <param name="Index">The leaf's index, from 0.</param>
/// <param name="TreeSize">The number of leaves of the tree.</param>
/// <param name="Hashes">The siblings on the path to the root, the leaf's own first.</param>
public sealed record InclusionProof(ulong Index, ulong TreeSize, ImmutableArray<MerkleHash> Hashes)
{
    /// <summary>The root that this proof leads to, or null when the index is outside the tree or the number of hashes is not the exact one.</summary>
    public MerkleHash? RootFrom(MerkleHash leaf)
    {
        if (Index >= TreeSize || Hashes.IsDefault)
        {
            return null;
        }

        // RFC 9162 §2.1.3.2, with its names: fn is the node's index on its level, sn that of the last node.
        var fn = Index;
        var sn = TreeSize - 1;
        var root = leaf;
        foreach (var sibling in Hashes)
        {
            if (sn == 0)
            {
                return null;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                root = MerkleTree.HashChildren(sibling, root);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                root = MerkleTree.HashChildren(root, sibling);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 ? root : null;
    }

    /// <summary>Whether the leaf with this hash is in the tree with this root.</summary>
    public bool Verify(MerkleHash leaf, MerkleHash root) => RootFrom(leaf) == root;

    public bool Equals(InclusionProof? other) => other is not null && Index == other.Index && TreeSize == other.TreeSize
        && Hashes.AsSpan().SequenceEqual(other.Hashes.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Index, TreeSize, Hashes.IsDefaultOrEmpty ? default : Hashes[0]);
}
