using System.Text;
using System.Text.Json;

namespace Aixv.Sigstore.Trust;

/// <summary>All a client needs of one Sigstore instance in one file (<c>ClientTrustConfig</c> v0.1 of sigstore_trustroot.proto).</summary>
/// <param name="TrustedRoot">The trusted root's JSON, UTF-8, as written in the file.</param>
/// <param name="SigningConfig">The signing config's JSON, UTF-8, as written in the file.</param>
public sealed record ClientTrustConfig(ReadOnlyMemory<byte> TrustedRoot, ReadOnlyMemory<byte> SigningConfig)
{
    public const string MediaType = "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json";

    /// <summary>The largest config that is read, in bytes.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>Splits a config; its two parts are not read.</summary>
    /// <exception cref="FormatException">Not such a config, or a part is missing.</exception>
    public static ClientTrustConfig Parse(ReadOnlyMemory<byte> json)
    {
        if (json.Length > MaximumBytes)
        {
            throw new FormatException($"client trust config: {json.Length} bytes, at most {MaximumBytes} are read");
        }

        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 24, AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new FormatException($"client trust config: not valid JSON ({e.Message})", e);
        }
    }

    private static ClientTrustConfig Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("mediaType", out var type) || type.ValueKind != JsonValueKind.String || !type.ValueEquals(MediaType))
        {
            throw new FormatException($"client trust config: $.mediaType: expected {MediaType}");
        }

        return new ClientTrustConfig(Part(json, "trustedRoot"), Part(json, "signingConfig"));
    }

    private static byte[] Part(JsonElement json, string name) =>
        json.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object
            ? Encoding.UTF8.GetBytes(part.GetRawText())
            : throw new FormatException($"client trust config: $.{name}: required and missing");
}
