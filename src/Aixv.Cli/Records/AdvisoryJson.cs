using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Protocol.Advisories;

namespace Aixv.Cli.Records;

/// <summary>An advisory in few words, as answers carry it.</summary>
internal static class AdvisoryJson
{
    public static JsonObject Of(Advisory advisory) => new()
    {
        ["advisory_id"] = advisory.Id,
        ["severity"] = Kebab.Of(advisory.Severity),
        ["status"] = Kebab.Of(advisory.Status),
        ["reason_code"] = advisory.ReasonCode,
        ["class"] = Kebab.Of(advisory.Class),
        ["recommended_actions"] = new JsonArray([.. advisory.RecommendedActions.Select(action => (JsonNode)action)]),
    };
}
