using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Proofs;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Writing;

namespace Aixv.Transparency.Tests.Proofs;

public sealed class LogProofTests : IDisposable
{
    private static readonly byte[] Entry = "the entry"u8.ToArray();

    private readonly SigningKey logKey = SigningKey.Generate(KeyAlgorithm.Ed25519);
    private readonly SigningKey[] witnessKeys = [SigningKey.Generate(KeyAlgorithm.Ed25519), SigningKey.Generate(KeyAlgorithm.Ed25519)];
    private readonly NoteSigner log;
    private readonly CosignatureSigner[] witnesses;
    private readonly LogProof proof;

    public LogProofTests()
    {
        log = new NoteSigner("log.example/x", logKey);
        witnesses = [.. witnessKeys.Select((key, i) => new CosignatureSigner($"witness{i}.example", key, new Clock(DateTimeOffset.UnixEpoch.AddDays(100 - i))))];
        var sibling = MerkleTree.HashLeaf([]);
        var root = MerkleTree.HashChildren(sibling, MerkleTree.HashLeaf(Entry));
        var checkpoint = log.Sign(new Checkpoint("log.example/x", 2, root, []).ToText());
        proof = new LogProof(1, [sibling], witnesses[1].Sign(witnesses[0].Sign(checkpoint)));
    }

    public void Dispose()
    {
        logKey.Dispose();
        Array.ForEach(witnessKeys, key => key.Dispose());
    }

    private static MerkleHash Leaf => MerkleTree.HashLeaf(Entry);

    private WitnessPolicy Both(int required) => new([.. witnesses.Select(w => w.Verifier)], required);

    [Fact]
    public void A_proof_is_read_as_it_was_written_and_holds_for_its_entry()
    {
        var read = LogProof.Parse(proof.ToBytes());
        Assert.Equal(proof.ToBytes(), read.ToBytes());
        Assert.True(read.TryVerify(Leaf, log.Verifier, Both(2), out var verified, out _));
        Assert.Equal(2UL, verified.Checkpoint.Size);
        Assert.Equal(["witness1.example", "witness0.example"], verified.Witnesses.Select(w => w.Name));
    }

    [Fact]
    public void The_text_is_that_of_the_specification()
    {
        var lines = Encoding.UTF8.GetString((proof with { Extra = "hi"u8.ToArray() }).ToBytes()).Split('\n');
        Assert.Equal(["c2sp.org/tlog-proof@v1", "extra aGk=", "index 1", Convert.ToBase64String(proof.Hashes[0].Span), "", "log.example/x", "2"], lines[..7]);
    }

    [Fact]
    public void Extra_bytes_come_back_and_prove_nothing()
    {
        var read = LogProof.Parse((proof with { Extra = new byte[] { 0, 255 } }).ToBytes());
        Assert.Equal([0, 255], read.Extra!.Value.ToArray());
        Assert.True(read.TryVerify(Leaf, log.Verifier, WitnessPolicy.None, out _, out _));
        Assert.Null(LogProof.Parse(proof.ToBytes()).Extra);
        Assert.Throws<FormatException>(() => (proof with { Extra = default(ReadOnlyMemory<byte>) }).ToBytes());
    }

    public static TheoryData<string, LogProofProblem> Problems => new()
    {
        { "another entry", LogProofProblem.InclusionInvalid },
        { "another index", LogProofProblem.InclusionInvalid },
        { "index outside", LogProofProblem.InclusionInvalid },
        { "one hash more", LogProofProblem.InclusionInvalid },
        { "another key", LogProofProblem.NotSigned },
        { "another log", LogProofProblem.OriginMismatch },
        { "changed text", LogProofProblem.SignatureInvalid },
        { "no checkpoint", LogProofProblem.CheckpointMalformed },
        { "no witness", LogProofProblem.WitnessMissing },
        { "a witness's other checkpoint", LogProofProblem.WitnessMissing },
    };

    [Theory, MemberData(nameof(Problems))]
    public void What_does_not_hold_is_refused_for_its_reason(string fault, LogProofProblem expected)
    {
        var (leaf, verifier, broken) = (Leaf, log.Verifier, proof);
        using var otherKey = SigningKey.Generate(KeyAlgorithm.Ed25519);
        SignedNote Changed(string from, string to) =>
            SignedNote.Parse(Encoding.UTF8.GetBytes(proof.Checkpoint.ToString().Replace(from, to, StringComparison.Ordinal)));
        switch (fault)
        {
            case "another entry": leaf = MerkleTree.HashLeaf("other"u8); break;
            case "another index": broken = proof with { Index = 0 }; break;
            case "index outside": broken = proof with { Index = 2 }; break;
            case "one hash more": broken = proof with { Hashes = [.. proof.Hashes, Leaf] }; break;
            case "another key": verifier = new NoteSigner("log.example/x", otherKey).Verifier; break;
            case "another log": verifier = new NoteSigner("log.example/y", logKey).Verifier; break;
            case "changed text": broken = proof with { Checkpoint = Changed("\n2\n", "\n3\n") }; break;
            case "no checkpoint": broken = proof with { Checkpoint = log.Sign("text\n"u8.ToArray()) }; break;
            case "no witness": broken = proof with { Checkpoint = log.Sign(proof.Checkpoint.Text) }; break;
            case "a witness's other checkpoint":
                var other = witnesses[0].Sign(log.Sign(new Checkpoint("log.example/x", 3, Leaf, []).ToText()));
                broken = proof with { Checkpoint = SignedNote.Create(proof.Checkpoint.Text, [proof.Checkpoint.Signatures[0], other.Signatures[1]]) };
                break;
        }

        Assert.False(broken.TryVerify(leaf, verifier, Both(1), out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData("index 1", "index 01", "index")]
    [InlineData("index 1", "index +1", "index")]
    [InlineData("index 1", "index 18446744073709551616", "index")]
    [InlineData("index 1", "index ", "index")]
    [InlineData("index 1", "Index 1", "index")]
    [InlineData("@v1", "@v2", "first line")]
    [InlineData("@v1\n", "@v1\r\n", "first line")]
    [InlineData("@v1\n", "@v1\nextra \n", "extra")]
    [InlineData("@v1\n", "@v1\nextra aGk\n", "extra")]
    [InlineData("@v1\n", "@v1\nextra aGk=\nextra aGk=\n", "index")]
    [InlineData("index 1\n", "index 1\nAAAA\n", "hashes")]
    [InlineData("index 1\n", "index 1\n\n", "")]
    [InlineData("=\n\nlog", "=\nlog", "hashes")]
    public void Text_of_another_form_is_refused(string from, string to, string because)
    {
        var text = Encoding.UTF8.GetString(proof.ToBytes());
        var read = LogProof.TryParse(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)), out var broken, out var error);
        // An empty line too early leaves the hashes in the checkpoint, which it then is not.
        Assert.True(because.Length == 0 ? !read || !broken!.TryVerify(Leaf, log.Verifier, WitnessPolicy.None, out _, out _) : !read);
        Assert.Contains(because, error ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_witness_cannot_count_twice()
    {
        var again = new CosignatureVerifier("other.name", witnessKeys[0].PublicKey);
        Assert.Throws<ArgumentException>(() => new WitnessPolicy([witnesses[0].Verifier, again], 2));
        Assert.Throws<ArgumentException>(() => new WitnessPolicy([witnesses[0].Verifier], 2));
    }

    [Fact]
    public async Task Entries_of_a_real_log_are_proved()
    {
        using var directory = new TemporaryDirectory();
        await using var tiles = await TileLog.OpenAsync(
            new FileTileStore(directory.FullPath), log, new TileLogOptions(), TimeProvider.System, TestContext.Current.CancellationToken);
        for (var i = 0; i < 5; i++)
        {
            var entry = await tiles.AppendAsync(new byte[] { (byte)i }, TestContext.Current.CancellationToken);
            var made = LogProof.Parse(new LogProof(entry.Proof.Index, entry.Proof.Hashes, entry.Checkpoint).ToBytes());
            Assert.True(made.TryVerify(MerkleTree.HashLeaf([(byte)i]), log.Verifier, WitnessPolicy.None, out _, out _));
        }
    }

    [Fact]
    public void No_changed_bit_lets_another_entry_in_or_throws()
    {
        var bytes = (proof with { Extra = "hi"u8.ToArray() }).ToBytes();
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            var mutant = (byte[])bytes.Clone();
            mutant[i / 8] ^= (byte)(1 << (i % 8));
            if (LogProof.TryParse(mutant, out var read, out _))
            {
                Assert.Equal(mutant, read.ToBytes());
                Assert.False(read.TryVerify(MerkleTree.HashLeaf("other"u8), log.Verifier, WitnessPolicy.None, out _, out _));
            }
        }
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
