using System.Net;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;

namespace Aixv.Track.Attesting;

/// <summary>Answers made of JSON nodes: members sorted, so that the same record is the same bytes.</summary>
internal static class Listing
{
    public static Task AnswerAsync(ApiCall call, JsonObject answer, HttpStatusCode status = HttpStatusCode.OK) =>
        call.AnswerAsync(SortedJson.Serialize(answer), status);

    /// <summary>A list under its own name and under <c>items</c>, for both halves of the documentation.</summary>
    public static Task AnswerAsync(ApiCall call, string name, JsonArray items, RecordPage page, int limit, int offset) => AnswerAsync(call, new JsonObject
    {
        [name] = items,
        ["items"] = items.DeepClone(),
        ["total"] = page.Total,
        ["limit"] = limit,
        ["offset"] = offset,
        ["next_cursor"] = page.Next is { } next ? Cursor.Of(next) : null,
    });
}
