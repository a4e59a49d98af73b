using System.Buffers.Binary;
using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Checkpoints;

/// <summary>Cosigns checkpoints with the time (C2SP tlog-cosignature, cosignature/v1).</summary>
/// <remarks>It signs what it is given: that the checkpoint extends those cosigned before is for the caller to establish.</remarks>
public sealed class CosignatureSigner
{
    private readonly SigningKey key;
    private readonly TimeProvider time;

    /// <exception cref="ArgumentException">No valid key name, or not an Ed25519 key.</exception>
    public CosignatureSigner(string name, SigningKey key, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(time);
        this.key = key;
        this.time = time;
        Verifier = new CosignatureVerifier(name, key.PublicKey);
    }

    /// <summary>Checks what this signs.</summary>
    public CosignatureVerifier Verifier { get; }

    /// <summary>The checkpoint with this cosignature after the signatures it has.</summary>
    /// <exception cref="FormatException">The text is not a checkpoint, or the note has no room.</exception>
    public SignedNote Sign(SignedNote checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        Checkpoint.Parse(checkpoint.Text.Span);
        var seconds = (ulong)time.GetUtcNow().ToUnixTimeSeconds();
        var value = new byte[Cosignature.TotalLength];
        BinaryPrimitives.WriteUInt64BigEndian(value, seconds);
        key.Sign(Cosignature.Message(seconds, checkpoint.Text.Span)).CopyTo(value.AsSpan(Cosignature.TimeLength));
        return SignedNote.Create(checkpoint.Text, checkpoint.Signatures.Add(new NoteSignature(Verifier.Name, Verifier.KeyId, value)));
    }
}
