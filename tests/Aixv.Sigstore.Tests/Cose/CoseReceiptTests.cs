using System.Collections.Immutable;
using Aixv.Sigstore.Cbor;
using Aixv.Sigstore.Cose;
using Aixv.Sigstore.Tests.Signing;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;

namespace Aixv.Sigstore.Tests.Cose;

public sealed class CoseReceiptTests
{
    private static readonly MerkleHash[] Leaves = [.. Enumerable.Range(0, 7).Select(i => MerkleTree.HashLeaf([(byte)i]))];

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    public void Every_leaf_of_every_tree_gets_a_receipt_that_holds_for_it_alone(KeyAlgorithm kind)
    {
        using var key = TestKeys.Of(kind);
        for (var size = 1; size <= Leaves.Length; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var receipt = CoseReceipt.Parse(Receipt(key, index, size).ToBytes());
                for (var other = 0; other < Leaves.Length; other++)
                {
                    var valid = receipt.TryVerifyInclusion(key.PublicKey, Leaves[other], out var rejection);
                    Assert.Equal(other == index, valid);
                    Assert.Equal(valid ? null : CoseRejectionReason.SignatureInvalid, rejection?.Reason);
                }
            }
        }
    }

    [Fact]
    public void A_larger_tree_is_shown_to_extend_a_smaller_one()
    {
        using var key = TestKeys.Of(KeyAlgorithm.EcdsaP256);
        var (oldRoot, newRoot) = (Root(Leaves.AsSpan(0, 4)), Root(Leaves));
        var proof = new ConsistencyProof(4, 7, [Root(Leaves.AsSpan(4, 3))]);
        Assert.True(proof.Verify(oldRoot, newRoot));
        var receipt = CoseReceipt.Parse(CoseReceipt.SignConsistency(key, CoseHeaders.Empty, proof, newRoot).ToBytes());
        Assert.Equal(proof, Assert.Single(receipt.ConsistencyProofs));
        Assert.True(receipt.TryVerifyConsistency(key.PublicKey, oldRoot, newRoot, out _));
        Assert.False(receipt.TryVerifyConsistency(key.PublicKey, newRoot, newRoot, out var rejection));
        Assert.Equal(CoseRejectionReason.ProofInvalid, rejection.Reason);
        Assert.False(receipt.TryVerifyInclusion(key.PublicKey, Leaves[0], out rejection));
        Assert.Equal(CoseRejectionReason.ProofMissing, rejection.Reason);
    }

    [Fact]
    public void A_receipt_that_carries_its_root_must_carry_the_right_one()
    {
        using var key = TestKeys.Of(KeyAlgorithm.Ed25519);
        var signed = Receipt(key, 2, 7);
        CoseReceipt WithRoot(MerkleHash root) => CoseReceipt.Parse(CoseSign1.Sign(
            key, signed.Message.Protected, signed.Message.Unprotected, root.ToArray()).ToBytes());
        Assert.True(WithRoot(Root(Leaves)).TryVerifyInclusion(key.PublicKey, Leaves[2], out _));
        Assert.False(WithRoot(Leaves[0]).TryVerifyInclusion(key.PublicKey, Leaves[2], out var rejection));
        Assert.Equal(CoseRejectionReason.ProofInvalid, rejection.Reason);
    }

    [Theory]
    [InlineData(7, 6)]
    [InlineData(3, 8)]
    public void A_proof_that_cannot_be_is_refused_before_the_signature(ulong index, ulong size)
    {
        using var key = TestKeys.Of(KeyAlgorithm.Ed25519);
        var proof = Proof(2, 7) with { Index = index, TreeSize = size };
        if (size == 8)
        {
            proof = proof with { Hashes = [.. proof.Hashes, Leaves[0]] };
        }

        var receipt = CoseReceipt.Parse(CoseReceipt.SignInclusion(key, CoseHeaders.Empty, proof, Root(Leaves)).ToBytes());
        Assert.False(receipt.TryVerifyInclusion(key.PublicKey, Leaves[2], out var rejection));
        Assert.Equal(CoseRejectionReason.ProofInvalid, rejection.Reason);
    }

    [Theory]
    [InlineData("a0", "a0", "does not name the data structure")]
    [InlineData("a119018b02", "a0", "data structure 2")]
    [InlineData("a119018b01", "a0", "no proofs")]
    [InlineData("a119018b01", "a119018ca12080", "0 proofs")]
    [InlineData("a119018b01", "a119018ca1208140", "ends where")]
    [InlineData("a119018b01", "a119018ca1208143820100", "not an array")]
    [InlineData("a119018b01", "a119018ca120814483010080", "")]
    [InlineData("a119018b01", "a119018ca12081458301008000", "follow")]
    [InlineData("a119018b01", "a119018ca1208146830100814100", "expected 32")]
    [InlineData("a119018b01", "a119018ca120814483200080", "unsigned")]
    [InlineData("a119018b01", "a119018ca1208101", "byte string")]
    public void Receipts_of_another_form_are_refused(string headers, string unprotected, string because)
    {
        var bytes = new CborWriter().WriteTag(18).WriteArray(4).WriteBytes(Convert.FromHexString(headers))
            .WriteEncoded(Convert.FromHexString(unprotected))
            .WriteNull().WriteBytes([]).ToBytes();
        Assert.Equal(because.Length == 0, CoseReceipt.TryParse(bytes, out _, out var error));
        Assert.Contains(because, error ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_without_tag_is_refused()
    {
        using var key = TestKeys.Of(KeyAlgorithm.Ed25519);
        Assert.False(CoseReceipt.TryParse(Receipt(key, 0, 7).ToBytes().AsMemory(1), out _, out var error));
        Assert.Contains("tagged", error, StringComparison.Ordinal);
    }

    [Fact]
    public void No_changed_byte_of_a_receipt_lets_another_leaf_in()
    {
        using var key = TestKeys.Of(KeyAlgorithm.Ed25519);
        var bytes = Receipt(key, 2, 7).ToBytes();
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            var mutant = (byte[])bytes.Clone();
            mutant[i / 8] ^= (byte)(1 << (i % 8));
            if (CoseReceipt.TryParse(mutant, out var receipt, out _))
            {
                Assert.False(receipt.TryVerifyInclusion(key.PublicKey, Leaves[3], out _));
            }
        }
    }

    internal static CoseReceipt Receipt(SigningKey key, int index, int size) =>
        CoseReceipt.SignInclusion(key, CoseHeaders.Empty.With(CoseLabels.KeyId, "log"u8), Proof(index, size), Root(Leaves.AsSpan(0, size)));

    private static InclusionProof Proof(int index, int size) => new((ulong)index, (ulong)size, Path(index, Leaves.AsSpan(0, size)));

    // RFC 9162 §2.1.1 and §2.1.3.1, as they are written there.
    private static MerkleHash Root(ReadOnlySpan<MerkleHash> leaves) => leaves.Length == 1
        ? leaves[0]
        : MerkleTree.HashChildren(Root(leaves[..Split(leaves.Length)]), Root(leaves[Split(leaves.Length)..]));

    private static ImmutableArray<MerkleHash> Path(int index, ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        var k = Split(leaves.Length);
        return index < k ? [.. Path(index, leaves[..k]), Root(leaves[k..])] : [.. Path(index - k, leaves[k..]), Root(leaves[..k])];
    }

    private static int Split(int count) => 1 << (31 - System.Numerics.BitOperations.LeadingZeroCount((uint)(count - 1)));
}
