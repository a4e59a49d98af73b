using System.Net;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Verification;
using Aixv.Track.Agents;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;
using Aixv.Transparency.Merkle;

namespace Aixv.Track.Attesting;

/// <summary>What attesting a model, a dataset, a run and a deployment have in common.</summary>
/// <param name="verifiers">By whom agents' bundles are verified.</param>
internal sealed class Attester(IReadOnlyList<Verifier> verifiers)
{
    private const int MaximumName = 256;
    private const int MaximumVersion = 128;

    /// <summary>Reads what every attestation has, verifies its signature, writes it, and answers.</summary>
    /// <param name="members">What else its type has, as the answer will.</param>
    /// <param name="references">What it came from.</param>
    /// <param name="name">Null reads <c>name</c>.</param>
    public async Task AttestAsync(ApiCall call, RequestObject request, RecordType type, JsonObject members, IReadOnlyList<Reference> references, string? name = null)
    {
        var agentForm = request.RequiredText("agent_id");
        var agent = await AgentFinding.RequireActiveAsync(call, Ids.Parse("agent_id", agentForm));
        var hash = request.Hash("hash");
        var signed = SignatureInput.Read(request, agent, hash, verifiers);
        var record = new AttestedRecord
        {
            Type = type,
            Id = TrackId.New(call.Session.Now()),
            Alias = Alias.Read(request, "id", $"{RecordWords.Of(type)}_id"),
            Agent = agent.Id,
            AgentForm = agentForm,
            Name = name ?? request.RequiredText("name", MaximumName),
            Version = request.Text("version", MaximumVersion) ?? "1.0.0",
            Hash = hash,
            References = [.. references],
            Signature = signed?.Signature,
            Members = members,
        };
        var outcome = await call.Session.WriteAsync(
            RecordAttested.NameOf(type), record.ToContent(), signed is { } s ? [s.Bytes] : null);
        await AnswerAsync(call, record, outcome);
    }

    private static async Task AnswerAsync(ApiCall call, AttestedRecord record, WriteOutcome outcome)
    {
        switch (outcome)
        {
            case Written written:
                var stored = new StoredRecord(call.Session.Tenant.Realm, record.Type, record.Id, RecordStatus.Attested, written.Index, written.Entry.Time, written.Entry.Id, written.Entry);
                var place = new AttestedRecord.LogPlace(call.Registry.Log.Origin, written.Index, written.LeafHash);
                await call.AnswerAsync(record.ToAnswer(stored, place), HttpStatusCode.Created);
                break;
            case Existing existing:
                var found = await call.Session.View.FindByIndexAsync(existing.Index, call.Cancelled) ?? throw new InvalidDataException("track: the index names an entry that is not there");
                await Listing.AnswerAsync(call, await ToJsonAsync(call, found));
                break;
            case Taken taken:
                var other = await call.Session.View.FindByIndexAsync(taken.Index, call.Cancelled);
                throw Conflict(record, other is null ? null : AttestedRecord.Read(other));
            case Unmet { Requirement: { Type: RecordType.Agent } requirement, Status: var status }:
                throw AgentFinding.NotActive(requirement.Record, status);
            case Unmet { Requirement: var missing, Status: var status }:
                throw status is null
                    ? ApiError.NotFound($"there is no {RecordWords.Of(missing.Type)} {missing.Record}")
                    : ApiError.Conflict($"the {RecordWords.Of(missing.Type)} {missing.Record} is {status}");
        }
    }

    private static ApiError Conflict(AttestedRecord asked, AttestedRecord? other) => new(
        HttpStatusCode.Conflict,
        "CONFLICT",
        $"{RecordWords.Of(asked.Type)} {asked.Name} {asked.Version} of this agent is attested already, "
            + (other?.Hash != asked.Hash ? "with another hash" : "with other content") + "; attest a new version")
    {
        Details = json =>
        {
            json.WriteString("existing_id", other is null ? "" : RecordWords.IdOf(other.Type, other.Id));
            json.WriteString("existing_hash", other?.Hash?.Hex);
        },
    };

    /// <summary>The record with its place in the log.</summary>
    public static async ValueTask<JsonObject> ToJsonAsync(ApiCall call, StoredRecord stored)
    {
        AttestedRecord.LogPlace? place = null;
        if (await call.Session.View.FindEntryAsync(stored.MadeBy, call.Cancelled) is { } entry)
        {
            place = new AttestedRecord.LogPlace(call.Registry.Log.Origin, entry.Index, MerkleTree.HashLeaf(entry.Frame.Leaf.Span));
        }

        return AttestedRecord.Read(stored).ToJson(stored, place);
    }

    /// <summary>Looks up the records that ids name.</summary>
    /// <exception cref="ApiError">One is not there.</exception>
    public static async ValueTask<IReadOnlyList<Reference>> ResolveAsync(ApiCall call, RecordType type, string field, IReadOnlyList<string> forms, string relationship)
    {
        var found = new List<Reference>(forms.Count);
        foreach (var form in forms)
        {
            var id = Ids.Parse(field, form);
            var record = await call.Session.View.FindAsync(type, id, call.Cancelled) ?? throw ApiError.NotFound($"{field}: there is no {RecordWords.Of(type)} {form}");
            if (found.Exists(other => other.Id == record.Id))
            {
                throw ApiError.InvalidInput(field, $"{form} is named twice");
            }

            found.Add(new Reference(type, record.Id, form, relationship, AttestedRecord.Read(record).Hash));
        }

        return found;
    }
}
