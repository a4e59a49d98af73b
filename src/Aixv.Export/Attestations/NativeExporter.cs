using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;

namespace Aixv.Export.Attestations;

/// <summary>AIXV's own form: the whole dossier, members sorted. What other formats have no place for is here. The lineage is streamed.</summary>
internal sealed class NativeExporter() : JsonExporter(new("aixv", "AIXV dossier", "v1", "application/json", ".aixv.json", ExportCategory.Attestation))
{
    public const string Schema = "aixv.dossier/v1";

    /// <summary>Lines between two that are handed to the stream.</summary>
    private const int FlushEvery = 256;

    private const string Lineage = "lineage";

    /// <summary>All but the lineage.</summary>
    protected override JsonNode Build(Dossier dossier) => NativeFacts.Of(dossier);

    protected override void WriteDocument(Dossier dossier, Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var facts = Build(dossier).AsObject();
        facts[Lineage] = null;
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = Encoder, MaxDepth = 256 }))
        {
            writer.WriteStartObject();
            foreach (var name in SortedJson.Names(facts, StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                if (name == Lineage)
                {
                    WriteLineage(writer, dossier.Lineage);
                }
                else
                {
                    JsonText.Write(writer, Sorted(facts[name]));
                }
            }

            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteLineage(Utf8JsonWriter writer, ILineage lineage)
    {
        writer.WriteStartObject();
        WriteList(writer, "edges", lineage.Edges.Select(NativeFacts.Of));
        WriteList(writer, "nodes", lineage.Nodes.Select(NativeFacts.Of));
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<JsonObject> items)
    {
        writer.WriteStartArray(name);
        var count = 0;
        foreach (var item in items)
        {
            JsonText.Write(writer, Sorted(item));
            if (++count % FlushEvery == 0)
            {
                writer.Flush();
            }
        }

        writer.WriteEndArray();
    }

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(SortedJson.Names(members, StringComparer.Ordinal).Select(name => KeyValuePair.Create(name, Sorted(members[name])))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    public override bool Recognizes(DocumentProbe document) => document.Member("schema") == Schema;

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        var json = document.JsonObject!;
        return
        [
            .. json.MustHaveObject("$", "artifact", static (artifact, path) => (IEnumerable<string>)[.. Digest(artifact, path), .. artifact.MustHaveText(path, "name")]),
            .. json.MustHaveTime("$", "time"),
            .. json.MustHaveText("$", "tool_version"),
            .. json.MustHaveBoolean("$", "advisories_checked"),
            .. json.MustHaveList("$", "attestations", Item),
            .. json.MustHaveList("$", "bundles", Item),
            .. json.MustHaveList("$", "advisories", static (item, path) => item is JsonObject ? [] : [$"{path}: an object is expected"]),
            .. json.MustHaveObject("$", Lineage, static (lineage, path) => (IEnumerable<string>)[.. lineage.MustHaveList(path, "edges", Edge(lineage)), .. lineage.MustHaveList(path, "nodes", static (item, place) => item is JsonObject node ? node.MustHaveText(place, "key") : [$"{place}: an object is expected"])]),
        ];
    }

    private static IEnumerable<string> Item(JsonNode? item, string path) => item is JsonObject json ? Digest(json, path) : [$"{path}: an object is expected"];

    private static IEnumerable<string> Digest(JsonObject json, string path) =>
        Sigstore.Artifacts.Digest.TryParse(json.Text("digest"), out _) ? [] : [$"{path}.digest: sha256: and 64 hex digits are expected"];

    /// <summary>Both ends of an edge are among the nodes.</summary>
    private static Func<JsonNode?, string, IEnumerable<string>> Edge(JsonObject lineage)
    {
        var keys = (lineage["nodes"] as JsonArray ?? []).Select(node => node.Text("key")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return (item, path) => ((string[])["child", "parent"]).Where(end => item.Text(end) is not { } key || !keys.Contains(key)).Select(end => $"{path}.{end}: the key of a node is expected");
    }
}
