using System.Collections.Immutable;
using System.Numerics;

namespace Aixv.Transparency.Merkle;

/// <summary>That the first <paramref name="OldSize"/> leaves of the larger tree are those of the smaller one (RFC 9162 §2.1.4).</summary>
public sealed record ConsistencyProof(ulong OldSize, ulong NewSize, ImmutableArray<MerkleHash> Hashes)
{
    /// <summary>Whether the tree with <paramref name="newRoot"/> extends the one with <paramref name="oldRoot"/>.</summary>
    /// <remarks>The RFC leaves the empty old tree out: every tree extends it, with no hashes, and its root must be <see cref="MerkleTree.EmptyRoot"/>.</remarks>
    public bool Verify(MerkleHash oldRoot, MerkleHash newRoot)
    {
        if (OldSize > NewSize || Hashes.IsDefault)
        {
            return false;
        }

        if (OldSize == NewSize)
        {
            return Hashes.IsEmpty && oldRoot == newRoot && (OldSize > 0 || oldRoot == MerkleTree.EmptyRoot);
        }

        if (OldSize == 0)
        {
            return Hashes.IsEmpty && oldRoot == MerkleTree.EmptyRoot;
        }

        // RFC 9162 §2.1.4.2. An old tree that is one whole subtree is its own first hash, and is left out of the proof.
        var whole = BitOperations.IsPow2(OldSize);
        if (!whole && Hashes.IsEmpty)
        {
            return false;
        }

        return Fold(whole ? oldRoot : Hashes[0], Hashes.AsSpan()[(whole ? 0 : 1)..]) is { } roots
            && roots.Old == oldRoot && roots.New == newRoot;
    }

    private (MerkleHash Old, MerkleHash New)? Fold(MerkleHash first, ReadOnlySpan<MerkleHash> rest)
    {
        var trailing = BitOperations.TrailingZeroCount(OldSize);
        var fn = (OldSize - 1) >> trailing;
        var sn = (NewSize - 1) >> trailing;
        var (fr, sr) = (first, first);
        foreach (var hash in rest)
        {
            if (sn == 0)
            {
                return null;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                fr = MerkleTree.HashChildren(hash, fr);
                sr = MerkleTree.HashChildren(hash, sr);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                sr = MerkleTree.HashChildren(sr, hash);
            }

            fn >>= 1;
            sn >>= 1;
        }

        return sn == 0 ? (fr, sr) : null;
    }

    public bool Equals(ConsistencyProof? other) => other is not null && OldSize == other.OldSize && NewSize == other.NewSize
        && Hashes.AsSpan().SequenceEqual(other.Hashes.AsSpan());

    public override int GetHashCode() => HashCode.Combine(OldSize, NewSize, Hashes.IsDefaultOrEmpty ? default : Hashes[0]);
}
