using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;
using Aixv.Track.Artifacts;
using Aixv.Track.Attestations;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Models;

/// <summary><c>POST /v1/models/verify</c>: is what I am about to deploy attested here, and does that still stand?</summary>
/// <remarks>
/// The verdict says what the tenant itself stands by: its own records, attestations and advisories. What others say is among the reasons, with who
/// says it: whose word counts beyond that is for a policy, at the place of deployment.
/// </remarks>
internal sealed class ModelVerdict(ArtifactGraph graph)
{
    private const int MaximumRecords = 100;
    private const int LineageDepth = 16;

    public async Task AnswerAsync(ApiCall call)
    {
        var request = await RequestObject.ReadAsync(call);
        var hash = request.Hash("hash") ?? request.Hash("digest") ?? throw ApiError.InvalidInput("hash", "is missing");
        var view = call.Session.View.AndPublic();
        var body = await call.Registry.Answers.FindAsync(view, $"verdict {hash.Hex}", null, async () => await JudgeAsync(call, view, hash), call.Cancelled);
        await call.AnswerAsync(Dated(body.Span, call.Session.Now()));
    }

    /// <summary>The verdict with the time: it is the last member, so that what is kept needs not be written again.</summary>
    private static byte[] Dated(ReadOnlySpan<byte> verdict, DateTimeOffset now) =>
        [.. verdict[..^1], .. ",\"verified_at\":\""u8, .. Encoding.ASCII.GetBytes(Rfc3339.Format(now)), .. "\"}"u8];

    /// <summary>What follows from the registry alone: it stands until an entry changes something that the tenant sees.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> JudgeAsync(ApiCall call, TenantView view, Digest hash)
    {
        var page = await call.Session.View.ListAsync(
            new RecordQuery { Type = RecordType.Model, Terms = [new IndexTerm("hash", hash.Hex)], Limit = MaximumRecords }, call.Cancelled);
        var artifact = await ArtifactFinding.OfAsync(view, graph, hash, call.Cancelled);
        var own = call.Session.Tenant.Realm;
        var reasons = new JsonArray();
        var states = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in page.Items)
        {
            states.Add(record.Status);
            await AddReasonsAsync(call, record, reasons);
        }

        foreach (var (stored, content) in artifact.Attestations)
        {
            var whose = stored.Realm == own ? "" : "another tenant's ";
            if (stored.Realm == own)
            {
                states.Add(stored.Status == AttestationStatus.Active ? RecordStatus.Attested : AttestationStatus.Withdrawn);
            }

            reasons.Add(Reason($"attestation_{stored.Status}", null, $"{whose}attestation {stored.Id} ({content.PredicateType ?? "of the file"}), signed by {content.Signer}, is {stored.Status}"));
        }

        var isRecalled = false;
        foreach (var found in (await ArtifactAdvisories.FindAsync(artifact, call.Cancelled)).Where(f => f.Published.Advisory.Status == AdvisoryStatus.Active))
        {
            var isOwn = found.Stored.Realm == own;
            isRecalled |= isOwn && found.IsCertain;
            reasons.Add(Reason(
                isOwn ? "advisory" : "advisory_of_others",
                null,
                $"advisory {found.Published.Advisory.Id}, signed by {found.Published.Signer}, {(found.Path.Count == 0 ? "names it" : "reaches it along its lineage")}{(found.IsCertain ? "" : ", which is not certain")}"));
        }

        if (states.Count == 0)
        {
            reasons.Add(Reason("not_attested", null, "no model with this digest is attested here"));
        }

        return SortedJson.Serialize(new JsonObject
        {
            ["verdict"] = Judge(states, isRecalled),
            ["hash"] = hash.Hex,
            ["digest"] = hash.ToString(),
            ["reasons"] = reasons,
            ["models"] = new JsonArray([.. page.Items.Select(item => AttestedRecord.Read(item).ToJson(item, null))]),
            ["total"] = page.Total,
        });
    }

    private static string Judge(HashSet<string> states, bool isRecalled) =>
        states.Contains(RecordStatus.Revoked) ? "REVOKED"
        : isRecalled ? "RECALLED"
        : states.Contains(RecordStatus.Attested) ? "VALID"
        : states.Contains(RecordStatus.Superseded) ? "SUPERSEDED"
        : states.Contains(AttestationStatus.Withdrawn) ? "REVOKED"
        : "UNKNOWN";

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
