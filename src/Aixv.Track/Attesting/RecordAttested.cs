using System.Text.Json;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Agents;
using Aixv.Track.Attestations;
using Aixv.Track.Graphs;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Attesting;

/// <summary><c>model.attested</c> and its like: an agent says that something exists and what it came from.</summary>
/// <remarks>The edges are laid between records; a record with a digest is the node of that digest, where proofs from elsewhere join.</remarks>
internal sealed class RecordAttested(RecordType type) : EntryKind(NameOf(type))
{
    private const int MaximumWord = 64;

    public static string NameOf(RecordType type) => type switch
    {
        RecordType.Model => "model.attested",
        RecordType.Dataset => "dataset.attested",
        RecordType.Deployment => "deployment.created",
        RecordType.TrainingRun => "training_run.recorded",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "nothing that is attested"),
    };

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var json = document.RootElement;
        var id = TrackId.Parse(json.GetProperty("id").GetString()!);
        var agent = TrackId.Parse(json.GetProperty("agent").GetString()!);
        var name = json.GetProperty("name").GetString()!;
        changes.Require(RecordType.Agent, agent, AgentStatus.Active)
            .Create(type, id, RecordStatus.Attested)
            .Key(UniqueKeyOf(type, agent, name, json.GetProperty("version").GetString()!), Convert.FromHexString(json.GetProperty("fingerprint").GetString()!))
            .Term("agent", agent.ToString())
            .Term("name", name)
            .Term("word", name.ToLowerInvariant() is var word && word.Length > MaximumWord ? word[..MaximumWord] : word);
        if (Alias.Read(json) is { } alias)
        {
            changes.Key(Alias.KeyOf(type, alias), Convert.FromHexString(json.GetProperty("fingerprint").GetString()!));
        }

        var hash = json.TryGetProperty("hash", out var hex) ? Digest.Parse(hex.GetString()!) : null;
        changes.Kind(NodeKinds.OfRecord(type), hash, id.ToString());
        if (hash is not null)
        {
            changes.Term("hash", hash.Hex).Announce(hash).Edge(NodeKey.Of(id), EdgeWords.Is, NodeKey.Of(hash));
        }

        if (json.TryGetProperty("signature", out var signature))
        {
            changes.AnnounceSigner(VerifiedSignature.Read(signature).Signer);
        }

        if (json.TryGetProperty("format", out var format))
        {
            changes.Term("format", format.GetString()!);
        }

        foreach (var reference in json.GetProperty("references").EnumerateArray().Select(Reference.Read))
        {
            changes.Require(reference.Type, reference.Id, RecordStatus.Attested, RecordStatus.Superseded);
            if (reference.Relationship == Relationships.Produced)
            {
                // Who says it is the run; what depends is the model.
                changes.Edge(NodeKey.Of(reference.Id), Relationships.ProducedBy, NodeKey.Of(id));
                continue;
            }

            changes.Edge(NodeKey.Of(id), reference.Relationship, NodeKey.Of(reference.Id));
        }
    }

    /// <summary>What only one record of the tenant has.</summary>
    private static string UniqueKeyOf(RecordType type, TrackId agent, string name, string version) => $"{RecordWords.Of(type)}/{agent}/{name}/{version}";
}
