using System.Text.Json;

namespace Aixv.Track.Client.Requests;

/// <summary>A bundle together with the key that signed it.</summary>
internal static class KeyedBundle
{
    /// <exception cref="JsonException">The bundle is no JSON.</exception>
    public static byte[] ToBytes(ReadOnlyMemory<byte> bundle, string publicKey)
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("bundle"u8);
            writer.WriteRawValue(bundle.Span);
            writer.WriteString("public_key"u8, publicKey);
            writer.WriteEndObject();
        }

        return output.ToArray();
    }
}
