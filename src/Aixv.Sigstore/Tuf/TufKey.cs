using System.Text.Json;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tuf;

/// <summary>A key of TUF metadata (TUF §4.2.2). A key of an unknown kind stays listed and verifies nothing.</summary>
internal sealed record TufKey(PublicKey? Key, SignatureScheme Scheme)
{
    private static readonly TufKey Unknown = new(null, SignatureScheme.None);

    internal static TufKey Parse(JsonElement json, string what)
    {
        var type = TufJson.Text(json, "keytype", what);
        var scheme = TufJson.Text(json, "scheme", what);
        var value = TufJson.Object(json, "keyval", what);
        if (KnownScheme(type, scheme) is not { } known)
        {
            return Unknown;
        }

        try
        {
            var text = TufJson.Text(value, "public", what);
            var key = text.StartsWith("-----", StringComparison.Ordinal) ? PublicKey.FromPem(text)
                : known == SignatureScheme.Ed25519 ? PublicKey.FromEd25519(Convert.FromHexString(text))
                : PublicKey.FromSpki(P256Spki(Convert.FromHexString(text)));
            return Fits(key.Algorithm, known) ? new(key, known) : Unknown;
        }
        catch (FormatException)
        {
            return Unknown;
        }
    }

    internal static Dictionary<string, TufKey> ParseAll(JsonElement keys, string what) =>
        TufJson.Members(keys, what).ToDictionary(
            k => k.Name,
            k => k.Value.ValueKind == JsonValueKind.Object
                ? Parse(k.Value, $"{what}: key {k.Name}")
                : throw TufJson.Malformed($"{what}: key {k.Name} is not an object"),
            StringComparer.Ordinal);

    private static SignatureScheme? KnownScheme(string type, string scheme) => (type, scheme) switch
    {
        ("ecdsa" or "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256") => SignatureScheme.EcdsaSha256,
        ("ecdsa" or "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384") => SignatureScheme.EcdsaSha384,
        ("ecdsa" or "ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521") => SignatureScheme.EcdsaSha512,
        ("ed25519", "ed25519") => SignatureScheme.Ed25519,
        ("rsa", "rsassa-pss-sha256") => SignatureScheme.RsaPssSha256,
        ("rsa", "rsassa-pss-sha384") => SignatureScheme.RsaPssSha384,
        ("rsa", "rsassa-pss-sha512") => SignatureScheme.RsaPssSha512,
        _ => null,
    };

    private static bool Fits(KeyAlgorithm algorithm, SignatureScheme scheme) => algorithm switch
    {
        KeyAlgorithm.EcdsaP256 => scheme == SignatureScheme.EcdsaSha256,
        KeyAlgorithm.EcdsaP384 => scheme == SignatureScheme.EcdsaSha384,
        KeyAlgorithm.EcdsaP521 => scheme == SignatureScheme.EcdsaSha512,
        KeyAlgorithm.Ed25519 => scheme == SignatureScheme.Ed25519,
        KeyAlgorithm.Rsa => scheme is SignatureScheme.RsaPssSha256 or SignatureScheme.RsaPssSha384 or SignatureScheme.RsaPssSha512,
    };

    /// <summary>The first public-good roots hold P-256 keys as the hex of the point alone.</summary>
    private static byte[] P256Spki(byte[] point) =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, .. point,
    ];
}
