using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Checkpoints;

/// <summary>Signs notes with one key.</summary>
public sealed class NoteSigner
{
    private readonly SigningKey key;
    private readonly SignatureScheme scheme;

    /// <param name="scheme">How to sign; the key's <see cref="PublicKey.DefaultScheme"/> where not given.</param>
    /// <exception cref="ArgumentException">No valid key name.</exception>
    public NoteSigner(string name, SigningKey key, SignatureScheme? scheme = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        Name = NoteName.Require(name);
        this.key = key;
        this.scheme = scheme ?? key.PublicKey.DefaultScheme;
        Verifier = new NoteVerifier(name, key.PublicKey, this.scheme);
    }

    public string Name { get; }

    /// <summary>Checks what this signs.</summary>
    public NoteVerifier Verifier { get; }

    /// <summary>A note of this text with one signature.</summary>
    /// <param name="text">UTF-8, ending in a newline.</param>
    /// <exception cref="FormatException">The text cannot be that of a note.</exception>
    public SignedNote Sign(ReadOnlyMemory<byte> text) => SignedNote.Create(text, [SignText(text.Span)]);

    /// <summary>The note with this signature after those it has.</summary>
    /// <exception cref="FormatException">The note has no room.</exception>
    public SignedNote Sign(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return SignedNote.Create(note.Text, note.Signatures.Add(SignText(note.Text.Span)));
    }

    private NoteSignature SignText(ReadOnlySpan<byte> text) => new(Name, Verifier.KeyId, key.Sign(text, scheme));
}
