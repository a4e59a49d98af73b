using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Receipts;
using Aixv.Protocol.Statements;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Proofs;

namespace Aixv.Protocol.Tests.Receipts;

public sealed class ReceiptVerifierTests : IDisposable
{
    private static readonly DateTimeOffset Now = TestRegistry.Made.AddDays(400);
    private readonly TestRegistry registry = new();

    public void Dispose() => registry.Dispose();

    private static JsonObject Json(Receipt receipt) => SortedJson.ParseObject(receipt.ToBytes(), "receipt", 1 << 20);

    private ReceiptRejectionReason Refusal(ReadOnlyMemory<byte> bytes, ReceiptTrust? trust = null, DateTimeOffset? now = null) =>
        Assert.IsType<RejectedReceipt>(ReceiptVerifier.Verify(bytes, trust ?? registry.Trust(), now ?? Now)).Reason;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_receipt_verifies_offline_for_who_trusts_log_and_witness(bool isPrivate)
    {
        var receipt = registry.Receipt(salt: isPrivate ? TestRegistry.Salt : null);
        var verified = Assert.IsType<VerifiedReceipt>(ReceiptVerifier.Verify(receipt.ToBytes(), registry.Trust(), Now));
        Assert.Equal(("model.attested", TestRegistry.Made, "01JZ0000000000000000000000"), (verified.Statement.Kind, verified.Statement.Time, verified.Statement.Id));
        Assert.Equal(TestRegistry.Made.AddSeconds(2), Assert.Single(verified.Witnesses).Time);
        Assert.Equal(receipt.ToBytes(), Receipt.Parse(receipt.ToBytes()).ToBytes());
        Assert.DoesNotContain(isPrivate ? "model.attested" : "salted", Encoding.ASCII.GetString(receipt.Leaf.ToBytes()), StringComparison.Ordinal);
    }

    public static TheoryData<string, ReceiptRejectionReason> Faults => new()
    {
        { "no json", ReceiptRejectionReason.Malformed },
        { "unknown member", ReceiptRejectionReason.Malformed },
        { "another type", ReceiptRejectionReason.Malformed },
        { "tree size", ReceiptRejectionReason.Malformed },
        { "short hash", ReceiptRejectionReason.Malformed },
        { "no note", ReceiptRejectionReason.Malformed },
        { "key id", ReceiptRejectionReason.Malformed },
        { "another statement", ReceiptRejectionReason.LeafMismatch },
        { "a salt too many", ReceiptRejectionReason.LeafMismatch },
        { "index", ReceiptRejectionReason.InclusionProofInvalid },
        { "a hash less", ReceiptRejectionReason.InclusionProofInvalid },
        { "another leaf", ReceiptRejectionReason.LeafMismatch },
        { "signature", ReceiptRejectionReason.CheckpointSignatureInvalid },
        { "root", ReceiptRejectionReason.CheckpointSignatureInvalid },
        { "origin", ReceiptRejectionReason.LogUnknown },
        { "cosignature", ReceiptRejectionReason.WitnessMissing },
    };

    [Theory, MemberData(nameof(Faults))]
    public void What_does_not_hold_is_refused_for_its_reason(string fault, ReceiptRejectionReason expected)
    {
        var json = Json(registry.Receipt());
        var proof = json["proof"]!.AsObject();
        void Edit(string from, string to) => proof["checkpoint"] = proof["checkpoint"]!.GetValue<string>().Replace(from, to, StringComparison.Ordinal);
        string Line(string name) => proof["checkpoint"]!.GetValue<string>().Split('\n').Single(l => l.StartsWith($"\u2014 {name} ", StringComparison.Ordinal));
        var last = Line(TestRegistry.Origin)[^6..];
        var witness = Line("witness.example.org");
        switch (fault)
        {
            case "no json": Assert.Equal(expected, Refusal("{"u8.ToArray())); return;
            case "unknown member": json["more"] = 1; break;
            case "another type": json["receipt_type"] = "aixv.receipt/v2"; break;
            case "tree size": proof["tree_size"] = 4; break;
            case "short hash": proof["hashes"]![0] = "AAAA"; break;
            case "no note": proof["checkpoint"] = "text\n"; break;
            case "key id": json["log"]!["key"] = registry.Log.Verifier.ToVerifierKey().Replace("+", "+0", StringComparison.Ordinal); break;
            case "another statement": json["statement"] = Convert.ToBase64String("""{"kind":"model.attested","time":"2026-06-01T12:00:00Z"}"""u8); break;
            case "a salt too many": json["salt"] = Convert.ToBase64String(TestRegistry.Salt); break;
            case "index": proof["index"] = 0; break;
            case "a hash less": proof["hashes"]!.AsArray().RemoveAt(1); break;
            case "another leaf": json["leaf"] = Encoding.ASCII.GetString(EntryLeaf.Public("x"u8).ToBytes()); break;
            case "signature": Edit(last, $"{(last[0] == 'A' ? 'B' : 'A')}{last[1..]}"); break;
            case "root":
                var lines = proof["checkpoint"]!.GetValue<string>().Split('\n');
                lines[2] = Convert.ToBase64String(MerkleTree.EmptyRoot.Span);
                proof["checkpoint"] = string.Join('\n', lines);
                break;
            case "origin": Edit($"{TestRegistry.Origin}\n", "other.example\n"); break;
            case "cosignature": Edit(witness, witness.Replace("witness.example.org", "other.example.org", StringComparison.Ordinal)); break;
        }

        Assert.Equal(expected, Refusal(SortedJson.Serialize(json)));
    }

    [Fact]
    public void A_leaf_of_another_kind_than_the_statement_is_refused() =>
        Assert.Equal(ReceiptRejectionReason.LeafMismatch, Refusal(registry.Receipt(EntryLeaf.Public(TestRegistry.Statement, "dataset.attested")).ToBytes()));

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""{"kind":"x"}""")]
    [InlineData("""{"kind":"x","time":"yesterday"}""")]
    [InlineData("""{"kind":"x","kind":"x","time":"2026-06-01T12:00:00Z"}""")]
    public void A_statement_without_kind_and_time_is_refused(string statement)
    {
        var bytes = Encoding.UTF8.GetBytes(statement);
        Assert.Equal(ReceiptRejectionReason.StatementMalformed, Refusal(registry.Receipt(EntryLeaf.Public(bytes), bytes).ToBytes()));
    }

    [Fact]
    public void The_receipt_s_own_key_is_not_believed()
    {
        using var other = TestRegistry.KeyOf(9);
        var trust = new ReceiptTrust([TrustedLogKey.Of(new NoteSigner(TestRegistry.Origin, other).Verifier, KeyLife.Unlimited)], WitnessPolicy.None);
        Assert.Equal(ReceiptRejectionReason.LogUnknown, Refusal(registry.Receipt().ToBytes(), trust));
        Assert.Equal(ReceiptRejectionReason.LogUnknown, Refusal(registry.Receipt().ToBytes(), new ReceiptTrust([], WitnessPolicy.None)));
    }

    [Fact]
    public void A_receipt_without_enough_witnesses_is_refused_only_by_who_asks_for_them()
    {
        var receipt = registry.Receipt(isWitnessed: false).ToBytes();
        Assert.Equal(ReceiptRejectionReason.WitnessMissing, Refusal(receipt));
        Assert.IsType<VerifiedReceipt>(ReceiptVerifier.Verify(receipt, registry.Trust(witnesses: 0), Now));
    }

    // Days after the entry: valid from, valid to, compromised at; whether a witness saw it (2 s after the entry); what comes of it.
    [Theory]
    [InlineData(-10, 10, null, true, null)]
    [InlineData(-10, -1, null, true, ReceiptRejectionReason.LogKeyInactive)]
    [InlineData(1, 10, null, true, ReceiptRejectionReason.LogKeyInactive)]
    [InlineData(1, 10, null, false, null)] // a later key may sign a later tree that holds the entry
    [InlineData(-10, 10, 1, true, null)] // seen before: good for ever
    [InlineData(-10, 10, 1, false, ReceiptRejectionReason.LogKeyCompromised)] // the log's own time is the thief's to choose
    [InlineData(-10, 10, -1, true, ReceiptRejectionReason.LogKeyCompromised)]
    [InlineData(-10, 10, 0, true, ReceiptRejectionReason.LogKeyCompromised)]
    [InlineData(-10, 10, 1000, false, null)] // not yet
    public void A_key_counts_for_when_it_signed_and_a_compromise_for_ever(
        int from, int to, int? compromised, bool isWitnessed, ReceiptRejectionReason? expected)
    {
        var made = TestRegistry.Made;
        var life = new KeyLife(made.AddDays(from), made.AddDays(to), compromised is { } day ? made.AddDays(day) : null);
        foreach (var (receipt, trust) in new[]
        {
            (registry.Receipt(isWitnessed: isWitnessed), registry.Trust(isWitnessed ? 1 : 0, life)),
            (registry.Receipt(isWitnessed: isWitnessed, life: life), registry.Trust(isWitnessed ? 1 : 0)),
        })
        {
            Assert.Equal(expected, (ReceiptVerifier.Verify(receipt.ToBytes(), trust, Now) as RejectedReceipt)?.Reason);
        }
    }

    [Fact]
    public void A_time_that_cannot_be_is_refused()
    {
        Assert.Equal(ReceiptRejectionReason.TimeInvalid, Refusal(registry.Receipt().ToBytes(), now: TestRegistry.Made.AddMinutes(-6)));
        Assert.IsType<VerifiedReceipt>(ReceiptVerifier.Verify(registry.Receipt().ToBytes(), registry.Trust(), TestRegistry.Made.AddMinutes(-4)));
        var late = Encoding.UTF8.GetBytes("""{"kind":"x","time":"2026-06-01T13:00:00Z"}""");
        Assert.Equal(ReceiptRejectionReason.TimeInvalid, Refusal(registry.Receipt(EntryLeaf.Public(late), late).ToBytes()));
    }

    [Fact]
    public void Parts_that_do_not_belong_together_make_no_receipt()
    {
        var sound = registry.Receipt();
        var proof = new InclusionProof(1, 3, sound.Proof.Hashes);
        Assert.Throws<FormatException>(() => Receipt.Create("{}"u8.ToArray(), default, sound.Leaf.ToBytes(), proof, sound.Proof.Checkpoint, registry.Key()));
        Assert.Throws<FormatException>(() => Receipt.Create(TestRegistry.Statement, default, sound.Leaf.ToBytes(), proof with { Index = 0 }, sound.Proof.Checkpoint, registry.Key()));
        Assert.Equal(sound.ToBytes(), Receipt.Create(
            TestRegistry.Statement, default, sound.Leaf.ToBytes(), 1, 3, sound.Proof.Hashes, sound.Proof.Checkpoint.ToString(), registry.Key()).ToBytes());
    }

    [Fact]
    public void No_mutant_verifies_as_another_statement_and_none_throws()
    {
        var bytes = registry.Receipt(salt: TestRegistry.Salt).ToBytes();
        var trust = registry.Trust();
        for (var i = 0; i < bytes.Length * 2; i++)
        {
            var mutant = (byte[])bytes.Clone();
            mutant[i / 2] ^= (byte)(1 << (i * 5 % 8));
            if (ReceiptVerifier.Verify(mutant, trust, Now) is VerifiedReceipt verified)
            {
                Assert.Equal(TestRegistry.Statement, verified.Receipt.Statement.ToArray());
                Assert.Equal(registry.Receipt(salt: TestRegistry.Salt).Leaf, verified.Receipt.Leaf);
            }
        }
    }

    [Fact]
    public void A_trust_file_names_logs_witnesses_and_how_many()
    {
        var json = SortedJson.ParseObject(Encoding.UTF8.GetBytes($$"""
            {"trust_type":"aixv.receipt-trust/v1","logs":[{"key":"{{registry.Log.Verifier.ToVerifierKey()}}","compromised_at":"2026-07-01T00:00:00Z"}],
             "witnesses":["{{registry.Witness.Verifier.ToVerifierKey()}}"],"required_witnesses":1}
            """), "trust", 4096);
        Assert.IsType<VerifiedReceipt>(ReceiptVerifier.Verify(registry.Receipt().ToBytes(), ReceiptTrust.Read(json), Now));
        json["required_witnesses"] = 2;
        Assert.Contains("2 cosignatures are required", Assert.Throws<FormatException>(() => ReceiptTrust.Read(json)).Message, StringComparison.Ordinal);
    }
}
