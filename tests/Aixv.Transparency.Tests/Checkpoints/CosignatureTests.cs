using System.Buffers.Binary;
using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Tests.Checkpoints;

public sealed class CosignatureTests : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly SigningKey key = SigningKey.Generate(KeyAlgorithm.Ed25519);
    private readonly SigningKey logKey = SigningKey.Generate(KeyAlgorithm.Ed25519);
    private readonly SignedNote checkpoint;

    public CosignatureTests() =>
        checkpoint = new NoteSigner("log.example", logKey).Sign(new Checkpoint("log.example", 0, MerkleTree.EmptyRoot, []).ToText());

    public void Dispose()
    {
        key.Dispose();
        logKey.Dispose();
    }

    private CosignatureSigner Signer(DateTimeOffset time) => new("witness.example", key, new FixedTime(time));

    [Fact]
    public void A_cosignature_verifies_and_gives_its_time()
    {
        var signer = Signer(Time);
        var note = SignedNote.Parse(signer.Sign(checkpoint).ToBytes());
        Assert.Equal(NoteVerdict.Valid, signer.Verifier.Check(note, out var cosignature));
        Assert.Equal(new Cosignature("witness.example", signer.Verifier.KeyId, Time), cosignature);
        Assert.Equal(NoteVerdict.NotSigned, signer.Verifier.Check(checkpoint, out cosignature));
        Assert.Null(cosignature);
    }

    [Fact]
    public void The_signed_bytes_are_those_of_the_specification()
    {
        var value = Signer(Time).Sign(checkpoint).Signatures[1].Signature;
        Assert.Equal(72, value.Length);
        Assert.Equal((ulong)Time.ToUnixTimeSeconds(), BinaryPrimitives.ReadUInt64BigEndian(value.Span));
        byte[] message = [.. Encoding.ASCII.GetBytes($"cosignature/v1\ntime {Time.ToUnixTimeSeconds()}\n"), .. checkpoint.Text.Span];
        Assert.True(key.PublicKey.Verify(message, value.Span[8..], SignatureScheme.Ed25519));
    }

    [Fact]
    public void The_key_id_is_of_another_type_than_that_of_a_log_with_the_same_key()
    {
        byte[] raw = [.. key.PublicKey.Spki.Span[^32..]];
        byte[] input = [.. "witness.example\n"u8, 4, .. raw];
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(input)[..4], Signer(Time).Verifier.KeyId.ToArray());
        Assert.NotEqual(new NoteVerifier("witness.example", key.PublicKey).KeyId.ToArray(), Signer(Time).Verifier.KeyId.ToArray());
    }

    [Fact]
    public void A_changed_time_text_or_length_is_invalid()
    {
        var signer = Signer(Time);
        var note = signer.Sign(checkpoint);
        var line = note.Signatures[1];
        var later = line.Signature.ToArray();
        later[7]++;
        foreach (var value in new[] { later, line.Signature[..71].ToArray(), [.. line.Signature.Span, 0], [0xff, .. line.Signature.Span[1..]] })
        {
            var changed = SignedNote.Create(note.Text, [line with { Signature = value }]);
            Assert.Equal(NoteVerdict.Invalid, signer.Verifier.Check(changed, out var none));
            Assert.Null(none);
        }

        Assert.Equal(NoteVerdict.Invalid, signer.Verifier.Check(SignedNote.Create("other\n"u8.ToArray(), note.Signatures), out _));
    }

    [Fact]
    public void Of_several_cosignatures_the_latest_time_counts_and_all_must_verify()
    {
        var signer = Signer(Time);
        var note = Signer(Time.AddSeconds(-9)).Sign(signer.Sign(Signer(Time.AddDays(-1)).Sign(checkpoint)));
        Assert.Equal(NoteVerdict.Valid, signer.Verifier.Check(note, out var cosignature));
        Assert.Equal(Time, cosignature!.Time);
    }

    [Fact]
    public void What_is_no_checkpoint_is_not_cosigned()
    {
        var note = new NoteSigner("log.example", logKey).Sign("text\n"u8.ToArray());
        Assert.Throws<FormatException>(() => Signer(Time).Sign(note));
    }

    [Fact]
    public void Only_ed25519_keys_cosign()
    {
        using var ecdsa = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        Assert.Throws<ArgumentException>(() => new CosignatureSigner("witness.example", ecdsa, TimeProvider.System));
    }

    [Fact]
    public void The_text_form_is_read_and_printed_and_is_not_a_log_keys()
    {
        var vkey = Signer(Time).Verifier.ToVerifierKey();
        Assert.Equal(vkey, CosignatureVerifier.Parse(vkey).ToVerifierKey());
        Assert.Throws<FormatException>(() => NoteVerifier.Parse(vkey));
        Assert.Throws<FormatException>(() => CosignatureVerifier.Parse(new NoteVerifier("witness.example", key.PublicKey).ToVerifierKey()));
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
