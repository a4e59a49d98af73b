using System.Text.Json;

namespace Aixv.Sigstore.Tuf;

/// <summary>What all metadata files have in common (TUF §4.3): signatures over the canonical form, version and expiry.</summary>
internal abstract class TufMetadata
{
    private protected TufMetadata(ReadOnlyMemory<byte> json, string type, string what)
    {
        Raw = json;
        var root = TufJson.Parse(json, what);
        Signed = TufJson.Object(root, "signed", what);
        Signatures = ParseSignatures(TufJson.Array(root, "signatures", what), what);
        try
        {
            SignedBytes = OlpcJson.Encode(Signed);
        }
        catch (FormatException e)
        {
            throw new TufException(TufRefusal.Malformed, $"{what}: {e.Message}", e);
        }

        var found = TufJson.Text(Signed, "_type", what);
        if (found != type)
        {
            throw TufJson.Malformed($"{what}: metadata of type '{type}' was expected, found '{found}'");
        }

        var specification = TufJson.Text(Signed, "spec_version", what);
        if (specification != "1" && !specification.StartsWith("1.", StringComparison.Ordinal))
        {
            throw TufJson.Malformed($"{what}: follows TUF {specification}, version 1 is supported");
        }

        Version = TufJson.Integer(Signed, "version", 1, what);
        Expires = TufJson.Time(Signed, "expires", what);
    }

    /// <summary>The file as it came.</summary>
    internal ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The canonical form of <c>signed</c>: what the signatures are over.</summary>
    internal byte[] SignedBytes { get; }

    internal IReadOnlyList<TufSignature> Signatures { get; }

    internal long Version { get; }

    internal DateTimeOffset Expires { get; }

    private protected JsonElement Signed { get; }

    private static List<TufSignature> ParseSignatures(JsonElement json, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var signatures = new List<TufSignature>();
        foreach (var item in json.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                throw TufJson.Malformed($"{what}: a signature is not an object");
            }

            var keyId = TufJson.Text(item, "keyid", what);
            if (!seen.Add(keyId))
            {
                throw TufJson.Malformed($"{what}: two signatures of key {keyId} (TUF §4.2.1 allows one)");
            }

            signatures.Add(new(keyId, Hex(TufJson.Text(item, "sig", what))));
        }

        return signatures;
    }

    /// <summary>A signature that is not hex is one that verifies nothing, like an empty one.</summary>
    private static byte[] Hex(string text)
    {
        try
        {
            return Convert.FromHexString(text);
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
