using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;

namespace Aixv.Track.Models;

/// <summary><c>POST /v1/models/verify</c>: is what I am about to deploy attested here, and does that still stand?</summary>
internal static class ModelVerdict
{
    private const int MaximumRecords = 100;
    private const int LineageDepth = 16;

    public static async Task AnswerAsync(ApiCall call)
    {
        var request = await RequestObject.ReadAsync(call);
        var hash = request.Hash("hash") ?? request.Hash("digest") ?? throw ApiError.InvalidInput("hash", "is missing");
        var body = await call.Registry.Answers.FindAsync(call.Session.View, $"verdict {hash.Hex}", null, async () => await JudgeAsync(call, hash), call.Cancelled);
        await call.AnswerAsync(Dated(body.Span, call.Session.Now()));
    }

    /// <summary>The verdict with the time: it is the last member, so that what is kept needs not be written again.</summary>
    private static byte[] Dated(ReadOnlySpan<byte> verdict, DateTimeOffset now) =>
        [.. verdict[..^1], .. ",\"verified_at\":\""u8, .. Encoding.ASCII.GetBytes(Rfc3339.Format(now)), .. "\"}"u8];

    /// <summary>What follows from the registry alone: it stands until an entry changes something that the tenant sees.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>> JudgeAsync(ApiCall call, Digest hash)
    {
        var page = await call.Session.View.ListAsync(
            new RecordQuery { Type = RecordType.Model, Terms = [new IndexTerm("hash", hash.Hex)], Limit = MaximumRecords }, call.Cancelled);
        var reasons = new JsonArray();
        foreach (var record in page.Items)
        {
            await AddReasonsAsync(call, record, reasons);
        }

        var verdict = page.Items.Count == 0 ? "UNKNOWN"
            : page.Items.Any(r => r.Status == RecordStatus.Revoked) ? "REVOKED"
            : page.Items.Any(r => r.Status == RecordStatus.Attested) ? "VALID"
            : "SUPERSEDED";
        if (page.Items.Count == 0)
        {
            reasons.Add(Reason("not_attested", null, "no model with this digest is attested here"));
        }

        return SortedJson.Serialize(new JsonObject
        {
            ["verdict"] = verdict,
            ["hash"] = hash.Hex,
            ["digest"] = hash.ToString(),
            ["reasons"] = reasons,
            ["models"] = new JsonArray([.. page.Items.Select(item => AttestedRecord.Read(item).ToJson(item, null))]),
            ["total"] = page.Total,
        });
    }

    private static async ValueTask AddReasonsAsync(ApiCall call, StoredRecord record, JsonArray reasons)
    {
        var own = AttestedRecord.Read(record);
        var id = Ids.Model(own.ShownId);
        reasons.Add(Reason(record.Status, id, $"{own.Name} {own.Version} is {record.Status}"));
        reasons.Add(Reason($"tier_{own.Tier}", id, own.Signature is { } by ? $"the agent's signature by {by.Signer} was verified" : "the agent did not sign it; this server says who sent it"));
        var lineage = await RecordLineage.OfAsync(call, record, LineageDepth, "ancestors");
        foreach (var ancestor in lineage.Records.Where(r => r.Id != record.Id && r.Status == RecordStatus.Revoked))
        {
            reasons.Add(Reason("lineage_revoked", id, $"it comes from {RecordWords.IdOf(ancestor.Type, AttestedRecord.Read(ancestor).ShownId)}, which is revoked"));
        }

        if (lineage.IsTruncated)
        {
            reasons.Add(Reason("lineage_incomplete", id, "its lineage is larger than was looked at"));
        }
    }

    private static JsonObject Reason(string code, string? id, string message) => new() { ["code"] = code, ["model"] = id, ["message"] = message };
}
