using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Agents;

/// <summary><c>agent.registered</c>: somebody who may attest in this tenant, with a key that only the agent has, or an identity that others vouch for.</summary>
internal sealed class AgentRegistered() : EntryKind(KindName)
{
    public const string KindName = "agent.registered";

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var json = document.RootElement;
        if (Alias.Read(json) is { } alias)
        {
            changes.Key(Alias.KeyOf(RecordType.Agent, alias), SHA256.HashData(Encoding.UTF8.GetBytes(json.GetProperty("display_name").GetString()!)));
        }

        changes.Create(RecordType.Agent, TrackId.Parse(json.GetProperty("id").GetString()!), AgentStatus.Active)
            .Term("type", json.GetProperty("agent_type").GetString()!)
            .Term("trust", json.GetProperty("trust_level").GetString()!);
    }
}
