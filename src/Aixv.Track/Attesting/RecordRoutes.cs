using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Json;
using Aixv.Track.Agents;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Log;

namespace Aixv.Track.Attesting;

/// <summary>Reading, revoking and superseding what was attested, alike for every type.</summary>
/// <param name="type">The type.</param>
/// <param name="plural">The list's member, as <c>models</c>.</param>
internal sealed class RecordRoutes(RecordType type, string plural)
{
    private const int MaximumReason = 1024;

    public Task GetAsync(ApiCall call) => call.AnswerKeptAsync(
        call.Session.View, async () => SortedJson.Serialize(await Attester.ToJsonAsync(call, await FindAsync(call, "id"))));

    public async ValueTask<StoredRecord> FindAsync(ApiCall call, string parameter)
    {
        var id = call.RouteId(parameter);
        return await call.Session.View.FindAsync(type, id, call.Cancelled) ?? throw ApiError.NotFound($"there is no {RecordWords.Of(type)} {call.Route(parameter)}");
    }

    public async Task ListAsync(ApiCall call, params IndexTerm[] more)
    {
        var (limit, offset) = (call.QueryNumber("limit", 20, 1, 100), call.QueryNumber("offset", 0, 0, int.MaxValue));
        var terms = new List<IndexTerm>(more);
        Add(terms, "agent", call.Query("agent_id") is { } agent ? (await AgentFinding.IdOfAsync(call, Ids.Parse("agent_id", agent))).ToString() : null);
        Add(terms, "name", call.Query("name"));
        Add(terms, "format", call.Query("format"));
        Add(terms, "hash", call.Query("hash") is { } hash ? Hash("hash", hash) : null);
        var status = call.Query("status");
        if (status is not null && !RecordStatus.All.Contains(status))
        {
            throw ApiError.InvalidInput("status", $"expected one of {string.Join(", ", RecordStatus.All)}");
        }

        var page = await call.Session.View.ListAsync(
            new RecordQuery { Type = type, Terms = terms, Statuses = status is null ? [] : [status], Limit = limit, Offset = offset, Before = Cursor.Read(call) }, call.Cancelled);
        await Listing.AnswerAsync(call, plural, [.. page.Items.Select(item => AttestedRecord.Read(item).ToJson(item, null))], page, limit, offset);
    }

    private static void Add(List<IndexTerm> terms, string field, string? value)
    {
        if (value is not null)
        {
            terms.Add(new IndexTerm(field, value));
        }
    }

    /// <summary>The hex of a digest in a path or query.</summary>
    /// <exception cref="ApiError">No digest.</exception>
    public static string Hash(string field, string text) =>
        Sigstore.Artifacts.Digest.TryParse(text, out var digest) ? digest.Hex : throw ApiError.InvalidInput(field, "expected a SHA-256 digest: 64 hex digits");

    public Task RevokeAsync(ApiCall call) => ChangeAsync(call, RecordStatus.Revoked);

    public Task SupersedeAsync(ApiCall call) => ChangeAsync(call, RecordStatus.Superseded);

    private async Task ChangeAsync(ApiCall call, string status)
    {
        var record = await FindAsync(call, "id");
        var request = await RequestObject.ReadAsync(call, allowEmpty: true);
        var content = new JsonObject
        {
            ["type"] = RecordWords.Of(type),
            ["id"] = record.Id.ToString(),
            ["status"] = status,
            ["reason"] = request.Text("reason", MaximumReason) ?? "unspecified",
        };
        if (status == RecordStatus.Superseded && (request.Id("superseded_by") ?? request.Id("by")) is { } named)
        {
            var by = (await call.Session.View.FindAsync(type, named, call.Cancelled))?.Id ?? named;
            content["by"] = by == record.Id ? throw ApiError.InvalidInput("superseded_by", "nothing supersedes itself") : by.ToString();
        }

        var outcome = await call.Session.WriteAsync(RecordStatusChanged.KindName, SortedJson.Serialize(content), cancellationToken: call.Cancelled);
        if (outcome is Unmet unmet)
        {
            throw unmet.Status is null
                ? ApiError.NotFound($"there is no {RecordWords.Of(type)} {unmet.Requirement.Record}")
                : ApiError.Conflict($"the {RecordWords.Of(type)} {unmet.Requirement.Record} is {unmet.Status}");
        }

        var changed = await FindAsync(call, "id");
        var answer = await Attester.ToJsonAsync(call, changed);
        answer["status_reason"] = content["reason"]!.DeepClone();
        answer["superseded_by"] = content["by"]?.DeepClone();
        answer["changed_at"] = outcome is Written written ? Rfc3339.Format(written.Entry.Time) : null;
        answer["change_receipt_id"] = outcome is Written receipt ? receipt.Entry.Id.ToString() : null;
        await Listing.AnswerAsync(call, answer);
    }
}
