using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;

namespace Aixv.Track.Importing;

/// <summary>Described nodes as requests and entries hold them. Every text is somebody's.</summary>
internal static class DescribedJson
{
    private const int MaximumName = 512;
    private const int MaximumKey = 1024;
    private const int MaximumLinks = 512;
    private const int MaximumProperties = 64;
    private const int MaximumValue = 2048;
    private const int MaximumPropertiesText = 16 * 1024;

    /// <summary>The list of a batch's nodes, not looked at yet.</summary>
    /// <exception cref="ApiError">There is none, or it is too long.</exception>
    public static JsonElement ListOf(JsonElement batch) =>
        JsonInput.Find(batch, "nodes") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() <= Described.MaximumOfEntry
            ? list
            : throw ApiError.InvalidInput("nodes", $"expected a list of at most {Described.MaximumOfEntry} nodes");

    /// <exception cref="ApiError">A node is not as expected; the message names it.</exception>
    public static IEnumerable<DescribedNode> ReadAll(JsonElement batch)
    {
        var number = 0;
        foreach (var node in ListOf(batch).EnumerateArray())
        {
            yield return Read(node, number++);
        }
    }

    private static DescribedNode Read(JsonElement json, int number)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Refuse(number, "", "expected an object");
        }

        var (id, name, kind) = (Text(json, "id", number), Text(json, "name", number), Text(json, "kind", number));
        var digest = Text(json, "digest", number);
        var key = KeyOf(id ?? throw Refuse(number, "id", "is missing"), number, "id");
        if (digest is not null && !Digest.TryParse(digest, out _))
        {
            throw Refuse(number, "digest", "expected sha256: and 64 lower-case hex digits");
        }

        var properties = JsonInput.Find(json, "properties");
        return new DescribedNode
        {
            Key = key,
            Digest = digest is null ? key.Digest : Digest.Parse(digest),
            Name = name ?? id,
            Kind = kind is null ? "artifact" : DescribedWords.Kinds.Contains(kind) ? kind : throw Refuse(number, "kind", $"expected one of {string.Join(", ", DescribedWords.Kinds)}"),
            Properties = properties is { } some ? PropertiesOf(some, number) : "{}",
            Rank = DescribedWords.RankOf(properties is { ValueKind: JsonValueKind.Object } all && JsonInput.Find(all, "downloads") is { } downloads ? TextOf(downloads, "properties", number) : null),
            Links = JsonInput.Find(json, "links") is { } links ? LinksOf(links, key, number) : [],
        };
    }

    private static string? Text(JsonElement json, string name, int number)
    {
        if (JsonInput.Find(json, name) is not { } value)
        {
            return null;
        }

        var text = TextOf(value, name, number);
        return text.Length is > 0 and <= MaximumName ? text : throw Refuse(number, name, $"expected 1 to {MaximumName} characters");
    }

    private static string TextOf(JsonElement value, string member, int number)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Refuse(number, member, "expected text");
        }
        catch (InvalidOperationException)
        {
            throw Refuse(number, member, "is not valid text");
        }
    }

    private static NodeKey KeyOf(string text, int number, string member)
    {
        if (Encoding.UTF8.GetByteCount(text) > MaximumKey)
        {
            throw Refuse(number, member, $"expected at most {MaximumKey} bytes");
        }

        var key = NodeKey.Parse(text);
        return key.Digest is not null || (key.IsNamed && !text.StartsWith("sha256:", StringComparison.Ordinal))
            ? key
            : throw Refuse(number, member, "expected a name, a URI or sha256: and 64 lower-case hex digits");
    }

    private static string PropertiesOf(JsonElement json, int number)
    {
        if (json.ValueKind != JsonValueKind.Object || json.GetPropertyCount() > MaximumProperties || json.GetRawText().Length > MaximumPropertiesText)
        {
            throw Refuse(number, "properties", $"expected an object of at most {MaximumProperties} members and {MaximumPropertiesText} characters");
        }

        foreach (var member in json.EnumerateObject())
        {
            if (TextOf(member.Value, "properties", number).Length > MaximumValue)
            {
                throw Refuse(number, "properties", $"expected texts of at most {MaximumValue} characters");
            }
        }

        return json.GetRawText();
    }

    private static ImmutableArray<DescribedLink> LinksOf(JsonElement json, NodeKey key, int number)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > MaximumLinks)
        {
            throw Refuse(number, "links", $"expected a list of at most {MaximumLinks} pairs");
        }

        var links = ImmutableArray.CreateBuilder<DescribedLink>(json.GetArrayLength());
        foreach (var pair in json.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2 || pair[0].ValueKind != JsonValueKind.String || pair[1].ValueKind != JsonValueKind.String)
            {
                throw Refuse(number, "links", "expected pairs of a relation and the id of what it came from");
            }

            var (relation, target) = (TextOf(pair[0], "links", number), TextOf(pair[1], "links", number));
            if (!DescribedWords.Relations.Contains(relation) || target.Length is 0 or > MaximumName)
            {
                throw Refuse(number, "links", $"expected a relation of {string.Join(", ", DescribedWords.Relations)}, and an id of 1 to {MaximumName} characters");
            }

            var link = new DescribedLink(relation, KeyOf(target, number, "links"));
            if (link.Target != key && !links.Contains(link))
            {
                links.Add(link);
            }
        }

        return links.ToImmutable();
    }

    private static ApiError Refuse(int number, string member, string message) =>
        ApiError.InvalidInput(member.Length == 0 ? $"nodes[{number}]" : $"nodes[{number}].{member}", message);
}
