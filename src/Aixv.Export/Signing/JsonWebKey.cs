using System.Buffers.Text;
using System.Formats.Asn1;
using System.Text.Json.Nodes;
using Aixv.Export.Attestations;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Keys;

namespace Aixv.Export.Signing;

/// <summary>Public keys as JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037 §2).</summary>
internal static class JsonWebKey
{
    private const string EcPublicKey = "1.2.840.10045.2.1";
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const int MaximumModulus = 2048;

    private static readonly (string Name, string Oid, int Length, KeyAlgorithm Key)[] Curves =
    [
        ("P-256", "1.2.840.10045.3.1.7", 32, KeyAlgorithm.EcdsaP256),
        ("P-384", "1.3.132.0.34", 48, KeyAlgorithm.EcdsaP384),
        ("P-521", "1.3.132.0.35", 66, KeyAlgorithm.EcdsaP521),
    ];

    public static JsonObject Of(PublicKey key)
    {
        var spki = new AsnReader(key.Spki, AsnEncodingRules.DER).ReadSequence();
        spki.ReadSequence();
        var bits = spki.ReadBitString(out _);
        return key.Algorithm switch
        {
            KeyAlgorithm.Ed25519 => new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["x"] = Encode(bits) },
            KeyAlgorithm.Rsa => Rsa(bits),
            KeyAlgorithm.EcdsaP256 or KeyAlgorithm.EcdsaP384 or KeyAlgorithm.EcdsaP521 => Ec(key.Algorithm, bits),
        };
    }

    /// <summary>The key's name: its thumbprint by RFC 7638, SHA-256.</summary>
    public static string Thumbprint(JsonObject key) => Encode(System.Security.Cryptography.SHA256.HashData(CanonicalJson.Serialize(key)));

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>The bytes of unpadded base64url text; null where it is none.</summary>
    public static byte[]? Decode(string? text)
    {
        if (text is null || text.Contains('=', StringComparison.Ordinal) || !Base64Url.IsValid(text))
        {
            return null;
        }

        return Base64Url.DecodeFromChars(text);
    }

    /// <exception cref="FormatException">Not a key of a kind that is supported.</exception>
    public static PublicKey Read(JsonObject json) => (json.Text("kty"), json.Text("crv")) switch
    {
        ("OKP", "Ed25519") => PublicKey.FromEd25519(Member(json, "x", 32)),
        ("EC", var name) when Array.Find(Curves, c => c.Name == name) is { Name: not null } curve =>
            PublicKey.FromSpki(EcSpki(curve.Oid, [4, .. Member(json, "x", curve.Length), .. Member(json, "y", curve.Length)])),
        ("RSA", _) => PublicKey.FromSpki(RsaSpki(Member(json, "n", null), Member(json, "e", null))),
        var (kind, curve) => throw new FormatException($"key: kty {kind}, crv {curve} is not supported (EC P-256/P-384/P-521, OKP Ed25519 and RSA are)"),
    };

    private static byte[] Member(JsonObject json, string name, int? length) =>
        Decode(json.Text(name)) is { Length: > 0 and <= MaximumModulus } bytes && (length is null || bytes.Length == length)
            ? bytes : throw new FormatException($"key: {name}: base64url{(length is null ? "" : $" of {length} bytes")} is expected");

    private static JsonObject Ec(KeyAlgorithm algorithm, ReadOnlySpan<byte> point)
    {
        var (name, _, length, _) = Array.Find(Curves, c => c.Key == algorithm);
        return new JsonObject { ["kty"] = "EC", ["crv"] = name, ["x"] = Encode(point.Slice(1, length)), ["y"] = Encode(point[(1 + length)..]) };
    }

    private static JsonObject Rsa(byte[] pkcs1)
    {
        var key = new AsnReader(pkcs1, AsnEncodingRules.DER).ReadSequence();
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["n"] = Encode(key.ReadIntegerBytes().Span.TrimStart((byte)0)),
            ["e"] = Encode(key.ReadIntegerBytes().Span.TrimStart((byte)0)),
        };
    }

    private static byte[] EcSpki(string curve, byte[] point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(EcPublicKey);
                writer.WriteObjectIdentifier(curve);
            }

            writer.WriteBitString(point);
        }

        return writer.Encode();
    }

    private static byte[] RsaSpki(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent)
    {
        var key = new AsnWriter(AsnEncodingRules.DER);
        using (key.PushSequence())
        {
            key.WriteIntegerUnsigned(modulus.TrimStart((byte)0));
            key.WriteIntegerUnsigned(exponent.TrimStart((byte)0));
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(RsaEncryption);
                writer.WriteNull();
            }

            writer.WriteBitString(key.Encode());
        }

        return writer.Encode();
    }
}
