using System.Text.Json.Nodes;
using Aixv.Cli.Output;

namespace Aixv.Cli.Publishing.Sending;

/// <summary>What was done at one place: a hub, an OCI registry, Track.</summary>
/// <param name="Target"><c>hub</c>, <c>oci</c> or <c>track</c>.</param>
/// <param name="Place">Its address, for people.</param>
internal sealed record SendingStep(string Target, string Place)
{
    public SendingState State { get; init; }

    /// <summary>What came of it, or why not.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The files that are concerned.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Pages that show it.</summary>
    public IReadOnlyList<string> Pages { get; init; } = [];

    /// <summary>Of a dry run: what would be sent. Do not change it.</summary>
    public JsonArray Requests { get; init; } = [];

    public bool IsGood => State is SendingState.Planned or SendingState.Done or SendingState.Unchanged;

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["target"] = Target,
            ["place"] = Place,
            ["state"] = Kebab.Of(State),
            ["detail"] = Detail,
            ["items"] = List(Items),
            ["notes"] = List(Notes),
            ["pages"] = List(Pages),
        };
        if (State == SendingState.Planned)
        {
            json["requests"] = Requests.DeepClone();
        }

        return json;
    }

    private static JsonArray List(IEnumerable<string> items) => new([.. items.Select(item => (JsonNode)item)]);

    public void Describe(Report report)
    {
        report.Check(IsGood, Target, $"{Place}: {Kebab.Of(State)}{(Detail.Length > 0 ? $", {Detail}" : "")}");
        foreach (var request in Requests.OfType<JsonObject>())
        {
            report.Row("send", $"{request["method"]} {request["url"]}");
            foreach (var file in (request["files"] as JsonArray ?? []).OfType<JsonObject>())
            {
                report.Row("", $"{file["path"]}, {file["size"]} bytes, {file["digest"]}");
            }
        }

        foreach (var page in Pages)
        {
            report.Row("page", page);
        }

        foreach (var note in Notes)
        {
            report.Row("note", note);
        }
    }
}
