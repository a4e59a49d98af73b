using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Cose;
using Aixv.Sigstore.Scitt;
using Aixv.Transparency.Merkle;

namespace Aixv.Protocol.Tests.Receipts;

public sealed class ScittReceiptsTests : IDisposable
{
    private static readonly DateTimeOffset Now = TestRegistry.Made.AddDays(1);
    private readonly TestRegistry registry = new();

    public void Dispose() => registry.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_same_entry_verifies_as_a_transparent_statement(bool isPrivate)
    {
        var receipt = registry.Receipt(salt: isPrivate ? TestRegistry.Salt : null);
        var transparent = TransparentStatement.Parse(receipt.ToTransparentStatement(registry.LogKey).ToBytes());
        var verified = Assert.IsType<VerifiedTransparentStatement>(ScittReceipts.Verify(transparent, registry.Trust(witnesses: 0), Now));
        Assert.Equal((3UL, receipt.Leaf), (verified.Tree.Size, verified.Leaf));
        Assert.Equal("model.attested", verified.Statement.Kind);
        Assert.Equal(TestRegistry.Origin, transparent.Statement.Issuer);
    }

    [Fact]
    public void Any_verifier_of_COSE_receipts_can_check_it_with_the_leaf_s_bytes()
    {
        var receipt = registry.Receipt();
        var cose = CoseReceipt.Parse(receipt.ToCoseReceipt(registry.LogKey).ToBytes());
        Assert.True(cose.TryVerifyInclusion(registry.LogKey.PublicKey, MerkleTree.HashLeaf(receipt.Leaf.ToBytes()), out _));
        Assert.False(cose.TryVerifyInclusion(registry.LogKey.PublicKey, MerkleTree.HashLeaf("other"u8), out _));
        Assert.Equal(new CwtClaims(TestRegistry.Origin, receipt.Leaf.Hash.ToString()), CwtClaims.Find(cose.Message.Protected));
    }

    [Fact]
    public void Who_asks_for_witnesses_or_trusts_another_key_refuses_it()
    {
        using var other = TestRegistry.KeyOf(7);
        var transparent = registry.Receipt().ToTransparentStatement(registry.LogKey);
        Assert.Equal(ReceiptRejectionReason.WitnessMissing, Assert.IsType<RejectedReceipt>(ScittReceipts.Verify(transparent, registry.Trust(), Now)).Reason);
        var compromised = registry.Trust(witnesses: 0, new KeyLife(CompromisedAt: Now));
        Assert.Equal(ReceiptRejectionReason.LogKeyCompromised, Assert.IsType<RejectedReceipt>(ScittReceipts.Verify(transparent, compromised, Now)).Reason);
        Assert.Throws<ArgumentException>(() => registry.Receipt().ToCoseReceipt(other));
    }

    [Fact]
    public void A_receipt_of_another_statement_does_not_fit()
    {
        var one = registry.Receipt();
        var statement = "{\"kind\":\"x\",\"time\":\"2026-06-01T12:00:00Z\"}"u8.ToArray();
        var two = registry.Receipt(EntryLeaf.Public(statement), statement);
        var swapped = TransparentStatement.Attach(one.ToTransparentStatement(registry.LogKey).Statement, [two.ToCoseReceipt(registry.LogKey)]);
        Assert.Equal(ReceiptRejectionReason.LeafMismatch, Assert.IsType<RejectedReceipt>(ScittReceipts.Verify(swapped, registry.Trust(0), Now)).Reason);
    }

    [Fact]
    public void No_changed_bit_verifies_as_something_else()
    {
        var sound = registry.Receipt(salt: TestRegistry.Salt);
        var bytes = sound.ToTransparentStatement(registry.LogKey).ToBytes();
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            var mutant = (byte[])bytes.Clone();
            mutant[i / 8] ^= (byte)(1 << (i % 8));
            try
            {
                if (ScittReceipts.Verify(TransparentStatement.Parse(mutant), registry.Trust(0), Now) is VerifiedTransparentStatement verified)
                {
                    Assert.Equal(sound.Leaf, verified.Leaf);
                    Assert.Equal(TestRegistry.Statement, verified.Transparent.Statement.Message.Payload!.Value.ToArray());
                }
            }
            catch (FormatException)
            {
                // Refused, as it may be.
            }
        }
    }
}
