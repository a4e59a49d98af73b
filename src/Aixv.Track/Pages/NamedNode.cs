using System.Text.Json.Nodes;
using Aixv.Track.Graphs;
using Aixv.Track.Indexing;

namespace Aixv.Track.Pages;

/// <summary>Something that is called by a name that was looked for.</summary>
internal sealed record NamedNode(NodeKey Key, string Name, string Type, string Tier, JsonObject? Signer)
{
    public JsonObject ToJson() => new()
    {
        ["type"] = Type,
        ["id"] = Key.Text,
        ["name"] = Name,
        ["digest"] = Key.Digest?.ToString(),
        ["tier"] = Tier,
        ["signer"] = Signer?.DeepClone(),
        ["page"] = Addresses.Of(Key),
    };
}
