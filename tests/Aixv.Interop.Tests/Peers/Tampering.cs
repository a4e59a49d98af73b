using System.Text.Json.Nodes;

namespace Aixv.Interop.Tests.Peers;

/// <summary>Copies of a bundle, each with one value changed.</summary>
internal static class Tampering
{
    /// <summary>One copy for each base64 value of 8 bytes and more, with one bit of its middle flipped, and for each checkpoint and log index.</summary>
    internal static IEnumerable<(string Path, byte[] Bundle)> Each(byte[] bundle)
    {
        foreach (var path in Leaves(JsonNode.Parse(bundle)!).Select(l => l.GetPath()).ToList())
        {
            var copy = JsonNode.Parse(bundle)!;
            var leaf = Leaves(copy).Single(l => l.GetPath() == path);
            if (Change(leaf.GetValue<string>(), path) is { } changed)
            {
                leaf.ReplaceWith(JsonValue.Create(changed));
                yield return (path, System.Text.Encoding.UTF8.GetBytes(copy.ToJsonString()));
            }
        }
    }

    private static IEnumerable<JsonNode> Leaves(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(m => m.Value is null ? [] : Leaves(m.Value)),
        JsonArray items => items.SelectMany(i => i is null ? [] : Leaves(i)),
        _ => node.GetValueKind() == System.Text.Json.JsonValueKind.String ? [node] : [],
    };

    private static string? Change(string value, string path)
    {
        if (path.EndsWith(".envelope", StringComparison.Ordinal))
        {
            return value.Replace("\n1\n", "\n2\n", StringComparison.Ordinal) is var other && other != value ? other : "x" + value;
        }

        if (path.EndsWith(".logIndex", StringComparison.Ordinal))
        {
            return value + "1";
        }

        if (path.EndsWith(".hint", StringComparison.Ordinal))
        {
            return null; // only a hint, under no signature
        }

        var bytes = new byte[value.Length];
        if (!Convert.TryFromBase64String(value, bytes, out var length) || length < 8)
        {
            return null;
        }

        // In the middle of a timestamp may stand a certificate, which the peer does not read; at its end is the signature.
        bytes[path.EndsWith(".signedTimestamp", StringComparison.Ordinal) ? length - 8 : length / 2] ^= 1;
        return Convert.ToBase64String(bytes, 0, length);
    }
}
