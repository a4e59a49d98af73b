using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Tests.Storage;

/// <summary>A kind whose content says itself what it changes, so that a test can ask for anything.</summary>
internal sealed class NoteKind() : EntryKind(KindName)
{
    public const string KindName = "note";

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var json = document.RootElement;
        if (json.TryGetProperty("create", out var id))
        {
            changes.Create(RecordType.Model, TrackId.Parse(id.GetString()!), "attested");
        }

        if (json.TryGetProperty("replace", out var replaced))
        {
            changes.Replace(TrackId.Parse(replaced.GetString()!));
        }

        foreach (var key in Members(json, "keys"))
        {
            changes.Key(key.Name, Convert.FromHexString(key.Value.GetString()!));
        }

        foreach (var record in Members(json, "requires"))
        {
            changes.Require(RecordType.Model, TrackId.Parse(record.Name), record.Value.GetString()!);
        }

        foreach (var record in Members(json, "statuses"))
        {
            changes.SetStatus(TrackId.Parse(record.Name), record.Value.GetString()!);
        }

        foreach (var term in Members(json, "terms"))
        {
            changes.Term(term.Name, term.Value.GetString()!);
        }

        foreach (var edge in Members(json, "edges"))
        {
            var parts = edge.Name.Split(' ');
            changes.Edge(NodeKey.Parse(parts[0]), edge.Value.GetString()!, NodeKey.Parse(parts[1]));
        }
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.EnumerateObject() : default;

    /// <summary>Content of one object member for each pair.</summary>
    public static JsonObject Map(params (string Name, string Value)[] pairs)
    {
        var map = new JsonObject();
        foreach (var (name, value) in pairs)
        {
            map[name] = value;
        }

        return map;
    }
}
