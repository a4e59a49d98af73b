using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Checkpoints;

/// <summary>Checks the signatures of one key on notes.</summary>
/// <remarks>A line is of this key when its 4-byte key id and its name are; anything else is another signer's and ignored.</remarks>
public sealed class NoteVerifier
{
    private readonly FrozenSet<string>? names;
    private readonly SignatureScheme scheme;

    /// <param name="scheme">How the key signs; its <see cref="PublicKey.DefaultScheme"/> where not given.</param>
    public NoteVerifier(string name, PublicKey key, SignatureScheme? scheme = null)
        : this(KeyIdOf(name, key), key, FrozenSet.ToFrozenSet([NoteName.Require(name)]), scheme)
    {
        Name = name;
    }

    private NoteVerifier(ReadOnlyMemory<byte> keyId, PublicKey key, FrozenSet<string>? names, SignatureScheme? scheme)
    {
        KeyId = keyId;
        Key = key;
        this.names = names;
        this.scheme = scheme ?? key.DefaultScheme;
    }

    /// <summary>A verifier that goes by a key id given from outside, such as a trusted root's, and takes it under any of some names.</summary>
    /// <param name="keyId">At least 4 bytes; the first 4 are compared.</param>
    /// <param name="names">The names to take it under, or null for any name.</param>
    public static NoteVerifier ForKeyId(
        ReadOnlyMemory<byte> keyId, PublicKey key, IEnumerable<string>? names, SignatureScheme? scheme = null) =>
        keyId.Length < NoteSignature.KeyIdLength
            ? throw new ArgumentException($"note: a key id has at least {NoteSignature.KeyIdLength} bytes, found {keyId.Length}", nameof(keyId))
            : new NoteVerifier(keyId[..NoteSignature.KeyIdLength], key, names?.ToFrozenSet(StringComparer.Ordinal), scheme);

    /// <summary>The key's name, or null when it was given by key id.</summary>
    public string? Name { get; }

    /// <summary>The 4 bytes that signature lines carry.</summary>
    public ReadOnlyMemory<byte> KeyId { get; }

    public PublicKey Key { get; }

    /// <summary>The 32 bytes of which the first 4 are the key id; Sigstore uses all of them as the log's id.</summary>
    /// <remarks>
    /// C2SP signed-note: SHA-256 of name, newline, type byte and key. ECDSA keys of older logs have SHA-256 of the
    /// SubjectPublicKeyInfo alone, without the name.
    /// </remarks>
    public static byte[] FullKeyId(string name, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Algorithm switch
        {
            KeyAlgorithm.Ed25519 => VerifierKey.FullKeyId(name, VerifierKey.Ed25519, key),
            KeyAlgorithm.EcdsaP256 or KeyAlgorithm.EcdsaP384 or KeyAlgorithm.EcdsaP521 => key.SpkiSha256(),
            KeyAlgorithm.Rsa => SHA256.HashData(
                [.. Encoding.UTF8.GetBytes(name), (byte)'\n', 0xff, .. "PKIX-RSA-PKCS#1v1.5"u8, .. key.Spki.Span]),
        };
    }

    private static ReadOnlyMemory<byte> KeyIdOf(string name, PublicKey key) => FullKeyId(name, key).AsMemory(0, NoteSignature.KeyIdLength);

    /// <summary>Whether this key signed the note.</summary>
    public NoteVerdict Check(SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        var verdict = NoteVerdict.NotSigned;
        foreach (var signature in note.Signatures)
        {
            if (!IsOurs(signature))
            {
                continue;
            }

            if (!Key.Verify(note.Text.Span, signature.Signature.Span, scheme))
            {
                return NoteVerdict.Invalid;
            }

            verdict = NoteVerdict.Valid;
        }

        return verdict;
    }

    private bool IsOurs(NoteSignature signature) =>
        signature.KeyId.Span.SequenceEqual(KeyId.Span) && (names is null || names.Contains(signature.Name));

    /// <summary>Reads the text form of an Ed25519 key: <c>name+hex+base64</c> (C2SP signed-note, type 0x01).</summary>
    /// <exception cref="FormatException">Not that form, another type, or a key id that is not the key's.</exception>
    public static NoteVerifier Parse(string vkey)
    {
        var (name, key) = VerifierKey.Parse(vkey, VerifierKey.Ed25519);
        return new NoteVerifier(name, key);
    }

    /// <summary>The text form that <see cref="Parse"/> reads.</summary>
    /// <exception cref="InvalidOperationException">Not an Ed25519 key with a name: no such form exists.</exception>
    public string ToVerifierKey() => Key.Algorithm == KeyAlgorithm.Ed25519 && Name is not null
        ? VerifierKey.Print(Name, VerifierKey.Ed25519, Key)
        : throw new InvalidOperationException($"note: {Key.Algorithm} keys have no text form; give the key as PEM");
}
