using System.Text.Json.Nodes;

namespace Aixv.Track.Tests.Importing;

/// <summary>Batches of an import, as requests.</summary>
internal static class Imports
{
    public static JsonObject Batch(string source, string run, int number, params JsonObject[] nodes) => new()
    {
        ["source"] = source,
        ["input"] = $"input-{run}",
        ["run"] = run,
        ["number"] = number,
        ["progress"] = new JsonObject { ["lines"] = number + 1 },
        ["nodes"] = new JsonArray([.. nodes]),
    };

    public static JsonObject Model(string name, string? digest = null, string downloads = "0", params (string Relation, string Target)[] links) => new()
    {
        ["id"] = $"hf://{name}",
        ["name"] = name,
        ["kind"] = "model",
        ["digest"] = digest,
        ["properties"] = new JsonObject { ["downloads"] = downloads, ["licence"] = "mit" },
        ["links"] = new JsonArray([.. links.Select(link => new JsonArray((JsonNode)link.Relation, (JsonNode)link.Target))]),
    };
}
