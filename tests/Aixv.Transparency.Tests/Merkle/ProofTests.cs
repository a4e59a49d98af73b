using System.Collections.Immutable;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Tests.Merkle;

public sealed class ProofTests
{
    private const int Largest = 70;
    private static readonly MerkleHash[] Leaves = NaiveTree.Leaves(Largest);
    private static readonly MerkleHash[] Roots = [.. Enumerable.Range(0, Largest + 1).Select(size => NaiveTree.Root(Leaves.AsSpan(0, size)))];

    [Fact]
    public void Every_inclusion_proof_of_every_small_tree_verifies_and_no_mutant_does()
    {
        for (var size = 1; size <= Largest; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = new InclusionProof((ulong)index, (ulong)size, NaiveTree.Path(index, Leaves.AsSpan(0, size)));
                Assert.True(proof.Verify(Leaves[index], Roots[size]), $"{index} of {size}");
                Assert.Equal(Roots[size], proof.RootFrom(Leaves[index]));
                foreach (var hashes in Mutants(proof.Hashes))
                {
                    Assert.False((proof with { Hashes = hashes }).Verify(Leaves[index], Roots[size]), $"mutant of {index} of {size}");
                }
            }
        }
    }

    [Fact]
    public void Inclusion_proof_of_the_wrong_length_leads_to_no_root_at_all()
    {
        for (var size = 1; size <= Largest; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var path = NaiveTree.Path(index, Leaves.AsSpan(0, size));
                Assert.Null(new InclusionProof((ulong)index, (ulong)size, path.Add(Roots[1])).RootFrom(Leaves[index]));
                if (!path.IsEmpty)
                {
                    Assert.Null(new InclusionProof((ulong)index, (ulong)size, path.RemoveAt(0)).RootFrom(Leaves[index]));
                }
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(8, 8)]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    public void Index_outside_the_tree_leads_to_no_root(ulong index, ulong size) =>
        Assert.Null(new InclusionProof(index, size, []).RootFrom(Leaves[0]));

    [Fact]
    public void A_proof_without_hashes_array_is_refused()
    {
        Assert.Null(new InclusionProof(0, 1, default).RootFrom(Leaves[0]));
        Assert.False(new ConsistencyProof(1, 1, default).Verify(Roots[1], Roots[1]));
    }

    [Fact]
    public void Every_consistency_proof_of_every_small_tree_verifies_and_no_mutant_does()
    {
        for (var newSize = 0; newSize <= Largest; newSize++)
        {
            for (var oldSize = 0; oldSize <= newSize; oldSize++)
            {
                var proof = new ConsistencyProof(
                    (ulong)oldSize, (ulong)newSize, NaiveTree.Consistency(oldSize, Leaves.AsSpan(0, newSize)));
                Assert.True(proof.Verify(Roots[oldSize], Roots[newSize]), $"{oldSize} to {newSize}");
                Assert.False(proof.Verify(Leaves[3], Roots[newSize]), $"old root, {oldSize} to {newSize}");
                if (oldSize > 0)
                {
                    Assert.False(proof.Verify(Roots[oldSize], Leaves[3]), $"new root, {oldSize} to {newSize}");
                }

                foreach (var hashes in Mutants(proof.Hashes))
                {
                    Assert.False((proof with { Hashes = hashes }).Verify(Roots[oldSize], Roots[newSize]), $"mutant of {oldSize} to {newSize}");
                }
            }
        }
    }

    [Fact]
    public void A_tree_never_extends_a_larger_one() =>
        Assert.False(new ConsistencyProof(2, 1, []).Verify(Roots[2], Roots[1]));

    [Fact]
    public void Every_tree_extends_the_empty_one_only_under_its_true_root()
    {
        Assert.True(new ConsistencyProof(0, 5, []).Verify(MerkleTree.EmptyRoot, Roots[5]));
        Assert.False(new ConsistencyProof(0, 5, []).Verify(Roots[1], Roots[5]));
        Assert.False(new ConsistencyProof(0, 0, []).Verify(Roots[1], Roots[1]));
    }

    [Theory]
    [InlineData(0, ulong.MaxValue, 64)]
    [InlineData(1UL << 62, (1UL << 63) - 1, 63)]
    [InlineData((1UL << 63) - 1, 1UL << 63, 63)]
    [InlineData(1UL << 63, (1UL << 63) + 1, 1)]
    [InlineData((1UL << 63) - 1, (1UL << 63) + 1, 64)]
    [InlineData(ulong.MaxValue - 1, ulong.MaxValue, 63)]
    public void Proofs_near_64_bits_have_the_right_shape(ulong index, ulong size, int length)
    {
        var hashes = Enumerable.Repeat(Roots[1], length).ToImmutableArray();
        Assert.NotNull(new InclusionProof(index, size, hashes).RootFrom(Leaves[0]));
        Assert.Null(new InclusionProof(index, size, hashes.Add(Roots[1])).RootFrom(Leaves[0]));
        Assert.Null(new InclusionProof(index, size, hashes.RemoveAt(0)).RootFrom(Leaves[0]));
    }

    [Theory]
    [InlineData(1UL << 63, ulong.MaxValue)]
    [InlineData((1UL << 63) - 1, 1UL << 63)]
    [InlineData(ulong.MaxValue - 1, ulong.MaxValue)]
    public void Consistency_near_64_bits_ends(ulong oldSize, ulong newSize)
    {
        for (var length = 0; length < 130; length++)
        {
            Assert.False(new ConsistencyProof(oldSize, newSize, [.. Enumerable.Repeat(Roots[1], length)]).Verify(Roots[2], Roots[3]));
        }
    }

    [Fact]
    public void Hashes_of_another_length_are_refused()
    {
        Assert.Throws<FormatException>(() => MerkleHash.FromBytes(new byte[31]));
        Assert.Throws<FormatException>(() => MerkleHash.FromBytes(new byte[33]));
    }

    [Fact]
    public void Proofs_are_equal_by_their_hashes()
    {
        Assert.Equal(new InclusionProof(1, 2, [Leaves[0]]), new InclusionProof(1, 2, [Leaves[0]]));
        Assert.NotEqual(new InclusionProof(1, 2, [Leaves[0]]), new InclusionProof(1, 2, [Leaves[1]]));
        Assert.Equal(new ConsistencyProof(1, 2, [Leaves[0]]), new ConsistencyProof(1, 2, [Leaves[0]]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(65535)]
    public void Leaf_hash_is_that_of_the_prefixed_bytes(int length)
    {
        var leaf = Enumerable.Range(0, length).Select(i => (byte)(i & 0xff)).ToArray();
        Assert.Equal(System.Security.Cryptography.SHA256.HashData([0, .. leaf]), MerkleTree.HashLeaf(leaf).ToArray());
    }

    private static IEnumerable<ImmutableArray<MerkleHash>> Mutants(ImmutableArray<MerkleHash> hashes)
    {
        yield return hashes.Add(Leaves[0]);
        yield return hashes.Insert(0, Leaves[0]);
        for (var i = 0; i < hashes.Length; i++)
        {
            yield return hashes.RemoveAt(i);
            yield return hashes.SetItem(i, Roots[0]);
        }
    }
}
