using System.Text.Json;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>A node as a record names it: by digest, or by URI or name alone.</summary>
/// <param name="Sha256">32 bytes, or null.</param>
/// <param name="Uri">Or null.</param>
/// <param name="Name">Or null.</param>
internal readonly record struct NodeReference(byte[]? Sha256, string? Uri, string? Name)
{
    internal int Add(LineageGraphBuilder builder) => Sha256 is not null ? builder.Node(Sha256, Uri, Name) : builder.DescribedNode(Uri, Name);

    /// <summary>Reads <c>{digest?, uri?, name?}</c>; null when it has none of them.</summary>
    /// <exception cref="FormatException">A digest that is none.</exception>
    internal static NodeReference? Read(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"expected an object with digest, uri or name, found {item.ValueKind}");
        }

        var reference = new NodeReference(item.TryGetProperty("digest", out var digest) ? ReadDigest(digest) : null, Text(item, "uri"), Text(item, "name"));
        return reference is { Sha256: null, Uri: null, Name: null } ? null : reference;
    }

    /// <summary>A reference by digest alone; null for null.</summary>
    /// <exception cref="FormatException">Not a digest.</exception>
    internal static byte[]? ReadDigest(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"invalid sha256 digest: {value.GetRawText()}");
        var bytes = new byte[NodeTable.KeyLength];
        if (text!.Length == 71 && text.StartsWith("sha256:", StringComparison.Ordinal)
            && Convert.FromHexString(text.AsSpan(7), bytes, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            return bytes;
        }

        return Digest.Parse(text).ToBytes();
    }

    internal static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
