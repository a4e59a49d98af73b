using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Checkpoints;

/// <summary>Checks the cosignatures of one witness (C2SP tlog-cosignature, cosignature/v1) on checkpoints.</summary>
public sealed class CosignatureVerifier
{
    /// <exception cref="ArgumentException">No valid key name, or not an Ed25519 key.</exception>
    public CosignatureVerifier(string name, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Name = NoteName.Require(name);
        Key = key;
        KeyId = VerifierKey.FullKeyId(name, VerifierKey.CosignatureV1, key).AsMemory(0, NoteSignature.KeyIdLength);
    }

    public string Name { get; }

    public PublicKey Key { get; }

    /// <summary>The 4 bytes that signature lines carry.</summary>
    public ReadOnlyMemory<byte> KeyId { get; }

    /// <summary>Whether this witness cosigned the note.</summary>
    /// <param name="cosignature">The cosignature when the result is <see cref="NoteVerdict.Valid"/>: the latest, if there are several.</param>
    public NoteVerdict Check(SignedNote note, out Cosignature? cosignature)
    {
        ArgumentNullException.ThrowIfNull(note);
        cosignature = null;
        ulong? latest = null;
        foreach (var signature in note.Signatures)
        {
            if (signature.Name != Name || !signature.KeyId.Span.SequenceEqual(KeyId.Span))
            {
                continue;
            }

            if (VerifiedTime(note, signature) is not { } seconds)
            {
                return NoteVerdict.Invalid;
            }

            latest = Math.Max(latest ?? 0, seconds);
        }

        if (latest is not { } time)
        {
            return NoteVerdict.NotSigned;
        }

        cosignature = new Cosignature(Name, KeyId, DateTimeOffset.FromUnixTimeSeconds((long)time));
        return NoteVerdict.Valid;
    }

    private ulong? VerifiedTime(SignedNote note, NoteSignature signature) =>
        Cosignature.ReadTime(signature.Signature.Span) is { } seconds
        && Key.Verify(Cosignature.Message(seconds, note.Text.Span), signature.Signature.Span[Cosignature.TimeLength..], SignatureScheme.Ed25519)
            ? seconds
            : null;

    /// <summary>Reads <c>name+hex+base64</c> with type 0x04.</summary>
    /// <exception cref="FormatException">Not that form, another type, or a key id that is not the key's.</exception>
    public static CosignatureVerifier Parse(string vkey)
    {
        var (name, key) = VerifierKey.Parse(vkey, VerifierKey.CosignatureV1);
        return new CosignatureVerifier(name, key);
    }

    /// <summary>The text form that <see cref="Parse"/> reads.</summary>
    public string ToVerifierKey() => VerifierKey.Print(Name, VerifierKey.CosignatureV1, Key);
}
