using System.Text.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Agents;

/// <summary><c>agent.changed</c>: an agent has another description or status. Nothing changes one that is revoked.</summary>
internal sealed class AgentChanged() : EntryKind(KindName)
{
    public const string KindName = "agent.changed";

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var json = document.RootElement;
        var id = TrackId.Parse(json.GetProperty("id").GetString()!);
        changes.Require(RecordType.Agent, id, AgentStatus.Active, AgentStatus.Suspended)
            .Replace(id)
            .SetStatus(id, json.GetProperty("status").GetString()!);
    }
}
