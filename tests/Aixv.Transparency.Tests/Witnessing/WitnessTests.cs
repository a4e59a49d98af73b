using System.Globalization;
using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Witnessing;

namespace Aixv.Transparency.Tests.Witnessing;

public sealed class WitnessTests : IDisposable
{
    private const string Origin = "log.example/x";
    private static readonly MerkleHash[] Leaves = [.. Enumerable.Range(0, 6).Select(i => MerkleTree.HashLeaf([(byte)i]))];

    private readonly TemporaryDirectory directory = new();
    private readonly SigningKey logKey = SigningKey.Generate(KeyAlgorithm.Ed25519);
    private readonly SigningKey key = SigningKey.Generate(KeyAlgorithm.Ed25519);
    private readonly NoteSigner log;
    private WitnessState state;
    private Witness witness;

    public WitnessTests()
    {
        log = new NoteSigner(Origin, logKey);
        state = new WitnessState(directory.FullPath);
        witness = Open();
    }

    public void Dispose()
    {
        state.Dispose();
        directory.Dispose();
        logKey.Dispose();
        key.Dispose();
    }

    private Witness Open() => new(WitnessedLog.Parse([log.Verifier.ToVerifierKey()]), new CosignatureSigner("witness.example", key, TimeProvider.System), state);

    private SignedNote Checkpoint(int size, MerkleHash? root = null, string origin = Origin) =>
        log.Sign(new Checkpoint(origin, (ulong)size, root ?? (size == 0 ? MerkleTree.EmptyRoot : Root(Leaves.AsSpan(0, size))), []).ToText());

    private WitnessAnswer Add(int old, SignedNote checkpoint, params MerkleHash[] hashes) =>
        witness.AddCheckpoint(new AddCheckpointRequest((ulong)old, [.. hashes], checkpoint).ToBytes());

    private static MerkleHash Root(ReadOnlySpan<MerkleHash> leaves)
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }

        var k = 1 << (31 - System.Numerics.BitOperations.LeadingZeroCount((uint)(leaves.Length - 1)));
        return MerkleTree.HashChildren(Root(leaves[..k]), Root(leaves[k..]));
    }

    /// <summary>That the tree of 6 extends the one of 4.</summary>
    private static MerkleHash FourToSix => Root(Leaves.AsSpan(4, 2));

    [Fact]
    public void A_log_that_grows_is_cosigned_and_the_line_makes_the_note_a_cosigned_one()
    {
        foreach (var (old, size, proof) in new (int, int, MerkleHash[])[] { (0, 4, []), (4, 6, [FourToSix]), (6, 6, []) })
        {
            var checkpoint = Checkpoint(size);
            var answer = Add(old, checkpoint, proof);
            Assert.Equal(WitnessVerdict.Cosigned, answer.Verdict);
            var cosigned = SignedNote.Parse([.. checkpoint.ToBytes(), .. Encoding.UTF8.GetBytes(answer.Body)]);
            Assert.Equal(NoteVerdict.Valid, witness.Verifier.Check(cosigned, out _));
        }
    }

    [Fact]
    public void A_body_of_the_specification_s_form_is_read_back()
    {
        var request = new AddCheckpointRequest(20852014, [Leaves[0], Leaves[1]], Checkpoint(3));
        Assert.True(AddCheckpointRequest.TryParse(request.ToBytes(), out var read, out _));
        Assert.Equal(request.ToBytes(), read.ToBytes());
        Assert.StartsWith($"old 20852014\n{Convert.ToBase64String(Leaves[0].Span)}\n", Encoding.UTF8.GetString(request.ToBytes()), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_refusal_has_its_status()
    {
        Assert.Equal(WitnessVerdict.Cosigned, Add(0, Checkpoint(4)).Verdict);
        Assert.Equal(WitnessVerdict.Malformed, Add(7, Checkpoint(6)).Verdict);
        Assert.Equal(WitnessVerdict.UnknownLog, Add(0, Checkpoint(6, origin: "other.example")).Verdict);
        using var thief = SigningKey.Generate(KeyAlgorithm.Ed25519);
        Assert.Equal(WitnessVerdict.NotSigned, Add(4, new NoteSigner(Origin, thief).Sign(Checkpoint(6).Text), FourToSix).Verdict);
        Assert.Equal(WitnessVerdict.Inconsistent, Add(4, Checkpoint(6), Leaves[0]).Verdict);
        Assert.Equal(WitnessVerdict.Inconsistent, Add(4, Checkpoint(6)).Verdict);
        Assert.Equal(WitnessVerdict.Inconsistent, Add(4, Checkpoint(4), Leaves[0]).Verdict);
        Assert.Equal(WitnessVerdict.Malformed, witness.AddCheckpoint("old x\n"u8).Verdict);
    }

    [Fact]
    public void A_client_that_does_not_know_the_last_size_is_told()
    {
        Add(0, Checkpoint(4));
        foreach (var old in (int[])[0, 3, 5])
        {
            var answer = Add(old, Checkpoint(6), FourToSix);
            Assert.Equal((WitnessVerdict.Conflict, "4\n", "text/x.tlog.size"), (answer.Verdict, answer.Body, answer.ContentType));
        }
    }

    [Fact]
    public void Two_trees_of_one_size_are_never_both_cosigned()
    {
        Add(0, Checkpoint(4));
        Assert.Equal(WitnessVerdict.Conflict, Add(4, Checkpoint(4, Leaves[0])).Verdict);
        Assert.Equal(WitnessVerdict.Conflict, Add(0, Checkpoint(4, Leaves[0])).Verdict);
        Assert.Equal(WitnessVerdict.Cosigned, Add(4, Checkpoint(4)).Verdict);
    }

    [Fact]
    public void A_first_tree_that_is_empty_has_the_empty_root()
    {
        Assert.Equal(WitnessVerdict.Inconsistent, Add(0, Checkpoint(0, Leaves[0])).Verdict);
        Assert.Equal(WitnessVerdict.Cosigned, Add(0, Checkpoint(0)).Verdict);
        Assert.Equal(WitnessVerdict.Cosigned, Add(0, Checkpoint(6)).Verdict);
    }

    [Fact]
    public void What_was_cosigned_is_known_after_a_restart_and_nobody_else_has_the_folder()
    {
        Add(0, Checkpoint(6));
        Assert.Throws<IOException>(() => new WitnessState(directory.FullPath));
        state.Dispose();
        state = new WitnessState(directory.FullPath);
        witness = Open();
        Assert.Equal(WitnessVerdict.Conflict, Add(0, Checkpoint(4)).Verdict);
        Assert.Equal(WitnessVerdict.Conflict, Add(6, Checkpoint(6, Leaves[0])).Verdict);
        Assert.Equal(WitnessVerdict.Cosigned, Add(6, Checkpoint(6)).Verdict);
    }

    [Fact]
    public void A_damaged_state_stops_the_witness_for_this_log()
    {
        Add(0, Checkpoint(4));
        var file = Directory.GetFiles(directory.FullPath, "*.checkpoint").Single();
        File.WriteAllText(file, "");
        Assert.Throws<InvalidDataException>(() => Add(0, Checkpoint(6)));
    }

    [Fact]
    public void Requests_at_once_do_not_take_the_log_back()
    {
        var other = Enumerable.Range(0, 64).Select(i => new NoteSigner(Origin, logKey).Sign(
            new Checkpoint(Origin, (ulong)(i + 1), MerkleTree.HashLeaf([(byte)i]), []).ToText())).ToArray();
        var cosigned = 0;
        Parallel.ForEach(other, checkpoint =>
        {
            if (Add(0, checkpoint).Verdict == WitnessVerdict.Cosigned)
            {
                Interlocked.Increment(ref cosigned);
            }
        });
        Assert.Equal(1, cosigned);
    }

    [Fact]
    public void Other_people_s_signatures_are_neither_needed_nor_in_the_way()
    {
        var crowded = Enumerable.Range(0, 99).Select(i => new NoteSignature(i.ToString(CultureInfo.InvariantCulture), new byte[4], new byte[64]));
        var note = Checkpoint(4);
        Assert.Equal(WitnessVerdict.Cosigned, Add(0, SignedNote.Create(note.Text, [.. note.Signatures, .. crowded])).Verdict);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 1")]
    [InlineData("old 01\n\n")]
    [InlineData("old -1\n\n")]
    [InlineData("old 18446744073709551616\n\n")]
    [InlineData("old 1\nAA==\n\n")]
    [InlineData("old 1\n\n")]
    [InlineData("OLD 1\n\n")]
    public void Bodies_of_another_form_are_malformed(string body) =>
        Assert.Equal(WitnessVerdict.Malformed, witness.AddCheckpoint(Encoding.UTF8.GetBytes(body)).Verdict);

    [Fact]
    public void More_hashes_than_a_proof_can_have_are_malformed()
    {
        Assert.Equal(WitnessVerdict.Malformed, Add(0, Checkpoint(4), [.. Enumerable.Repeat(Leaves[0], 64)]).Verdict);
        Assert.Equal(WitnessVerdict.Malformed, witness.AddCheckpoint(new byte[AddCheckpointRequest.MaximumLength + 1]).Verdict);
    }
}
