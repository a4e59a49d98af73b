using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Attestations;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Keys;

namespace Aixv.Export.Signing;

/// <summary>A JSON Web Signature in compact form (RFC 7515 §7.1).</summary>
/// <param name="Header">The protected header.</param>
/// <param name="Payload">What is signed.</param>
internal sealed record CompactJws(JsonObject Header, ReadOnlyMemory<byte> Payload)
{
    private const int MaximumHeader = 256 * 1024;
    private const int Parts = 3;

    private string SignedText { get; init; } = "";

    private ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>Signs; a certified key goes along as <c>x5c</c>, a managed one as <c>jwk</c> with its thumbprint as <c>kid</c>.</summary>
    public static string Sign(DocumentSigner signer, string type, string contentType, ReadOnlySpan<byte> payload)
    {
        var header = new JsonObject { ["alg"] = JsonWebAlgorithm.Name(signer.Scheme), ["typ"] = type, ["cty"] = contentType };
        if (signer.Certificates.IsEmpty)
        {
            var key = JsonWebKey.Of(signer.Key.PublicKey);
            header["kid"] = JsonWebKey.Thumbprint(key);
            header["jwk"] = key;
        }
        else
        {
            header["x5c"] = new JsonArray([.. signer.Certificates.Select(der => (JsonNode)Convert.ToBase64String(der.Span))]);
        }

        var signed = $"{JsonWebKey.Encode(CanonicalJson.Serialize(header))}.{JsonWebKey.Encode(payload)}";
        return $"{signed}.{JsonWebKey.Encode(JsonWebAlgorithm.Sign(signer, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Null where the text is no such thing.</summary>
    public static CompactJws? TryParse(string? text)
    {
        var trimmed = text?.TrimEnd('\n') ?? "";
        return trimmed.Split('.', Parts + 1) is [var head, var body, var signature]
            && JsonWebKey.Decode(head) is { } header
            && JsonWebKey.Decode(body) is { } payload
            && JsonWebKey.Decode(signature) is { } value
            && TryReadHeader(header) is { } members
                ? new CompactJws(members, payload) { SignedText = $"{head}.{body}", Signature = value }
                : null;
    }

    private static JsonObject? TryReadHeader(byte[] header)
    {
        try
        {
            return SortedJson.ParseObject(header, "JOSE header", MaximumHeader);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>What is wrong with the signature by the key in the header; nothing where the header has no key.</summary>
    public IEnumerable<string> Faults()
    {
        try
        {
            return KeyOf() is { } key && !JsonWebAlgorithm.Verify(key, Header.Text("alg"), Encoding.ASCII.GetBytes(SignedText), Signature)
                ? [$"the signature does not verify with the {key.Algorithm} key in its header"] : [];
        }
        catch (FormatException e)
        {
            return [$"header: {e.Message}"];
        }
    }

    private PublicKey? KeyOf()
    {
        if (Header["x5c"] is JsonArray { Count: > 0 } chain && chain[0] is JsonValue value && value.TryGetValue<string>(out var text))
        {
            return Certificate.Parse(DsseExporter.TryDecode(text) ?? throw new FormatException("x5c: base64 of a DER certificate is expected")).PublicKey;
        }

        return Header["jwk"] is JsonObject key ? JsonWebKey.Read(key) : null;
    }
}
