using System.Security.Cryptography;
using System.Text;
using Aixv.Transparency.Keys;

namespace Aixv.Transparency.Checkpoints;

/// <summary>The text form of Ed25519 verifier keys, C2SP signed-note: <c>name+hex(key id)+base64(type | key)</c>.</summary>
internal static class VerifierKey
{
    /// <summary>The type of a key that signs note texts.</summary>
    internal const byte Ed25519 = 0x01;

    /// <summary>The type of a key that makes timestamped cosignatures.</summary>
    internal const byte CosignatureV1 = 0x04;

    private const int RawLength = 32;

    internal static byte[] FullKeyId(string name, byte type, PublicKey key) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', type, .. Raw(key)]);

    /// <summary>The 32 key bytes: the end of the SubjectPublicKeyInfo (RFC 8410 §4).</summary>
    private static ReadOnlySpan<byte> Raw(PublicKey key) => key.Algorithm == KeyAlgorithm.Ed25519
        ? key.Spki.Span[^RawLength..]
        : throw new ArgumentException($"note: the key is {key.Algorithm}, expected Ed25519", nameof(key));

    internal static string Print(string name, byte type, PublicKey key)
    {
        var id = FullKeyId(name, type, key).AsSpan(0, NoteSignature.KeyIdLength);
        return $"{name}+{Convert.ToHexStringLower(id)}+{Convert.ToBase64String([type, .. Raw(key)])}";
    }

    internal static (string Name, PublicKey Key) Parse(string vkey, byte type)
    {
        ArgumentNullException.ThrowIfNull(vkey);

        // The base64 part may hold '+' itself, so only the first two separate.
        if (vkey.Split('+', 3) is not [var name, var id, var encoded] || !NoteName.IsValid(name)
            || StrictBase64.Decode(Encoding.UTF8.GetBytes(encoded)) is not { Length: 1 + RawLength } bytes)
        {
            throw new FormatException("verifier key: expected name+hex+base64 with a 32-byte Ed25519 key");
        }

        if (bytes[0] != type)
        {
            throw new FormatException($"verifier key: type 0x{bytes[0]:x2}, expected 0x{type:x2}");
        }

        var key = PublicKey.FromEd25519(bytes.AsSpan(1));
        var expected = Convert.ToHexStringLower(FullKeyId(name, type, key).AsSpan(0, NoteSignature.KeyIdLength));
        return id == expected ? (name, key) : throw new FormatException($"verifier key: key id {id}, the key's is {expected}");
    }
}
