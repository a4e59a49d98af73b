using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Graphs;

/// <summary>PROV-JSON (W3C member submission). Streamed.</summary>
internal sealed class ProvJsonExporter() : JsonGraphExporter(new("prov-json", "W3C PROV-JSON", "2013-04-24", "application/json", ".provjson", ExportCategory.Graph))
{
    protected override void WriteGraph(Dossier dossier, Utf8JsonWriter writer)
    {
        var lineage = new ProvLineage(dossier);
        writer.WriteStartObject();
        writer.WriteStartObject("prefix");
        foreach (var (prefix, uri) in ProvLineage.Prefixes)
        {
            writer.WriteString(prefix, uri);
        }

        writer.WriteEndObject();
        foreach (var kind in Enum.GetValues<ProvKind>())
        {
            WriteKind(writer, kind, lineage.Records(kind), "r");
        }

        WriteBundles(writer, lineage);
        writer.WriteEndObject();
    }

    private static void WriteBundles(Utf8JsonWriter writer, ProvLineage lineage)
    {
        var number = 0;
        foreach (var (id, records) in lineage.Bundles())
        {
            if (number++ == 0)
            {
                writer.WriteStartObject("bundle");
            }

            writer.WriteStartObject(id);
            foreach (var group in records.GroupBy(record => record.Kind).OrderBy(group => group.Key))
            {
                WriteKind(writer, group.Key, group, "b");
            }

            writer.WriteEndObject();
        }

        if (number > 0)
        {
            writer.WriteEndObject();
        }
    }

    /// <summary>The records of a kind under its name; nothing where there is none.</summary>
    private static void WriteKind(Utf8JsonWriter writer, ProvKind kind, IEnumerable<ProvRecord> records, string prefix)
    {
        var number = 0L;
        foreach (var record in records)
        {
            if (number == 0)
            {
                writer.WriteStartObject(ProvNames.Relation(kind));
            }

            writer.WriteStartObject(record.Id ?? $"_:{prefix}{(int)kind}_{number}");
            number++;
            var roles = ProvNames.Roles(kind);
            for (var i = 0; i < record.Ends.Count; i++)
            {
                if (record.Ends[i] is { } end)
                {
                    writer.WriteString($"prov:{roles[i]}", end);
                }
            }

            if (record.Time is { } time)
            {
                writer.WriteString(kind == ProvKind.Activity ? "prov:startTime" : "prov:time", time.ToRfc3339());
            }

            if (record.End is { } finished)
            {
                writer.WriteString("prov:endTime", finished.ToRfc3339());
            }

            foreach (var attributes in record.Attributes.GroupBy(a => a.Name))
            {
                WriteValues(writer, attributes.Key, [.. attributes]);
            }

            writer.WriteEndObject();
            Breathe(writer);
        }

        if (number > 0)
        {
            writer.WriteEndObject();
        }
    }

    /// <summary>One value as it is, several as a list.</summary>
    private static void WriteValues(Utf8JsonWriter writer, string name, List<ProvAttribute> attributes)
    {
        writer.WritePropertyName(name);
        if (attributes.Count == 1)
        {
            WriteValue(writer, attributes[0]);
            return;
        }

        writer.WriteStartArray();
        attributes.ForEach(attribute => WriteValue(writer, attribute));
        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, ProvAttribute attribute)
    {
        if (attribute.Type == ProvValueType.Text)
        {
            writer.WriteStringValue(attribute.Value);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("$", attribute.Value);
        writer.WriteString("type", attribute.Type == ProvValueType.QualifiedName ? "prov:QUALIFIED_NAME" : ProvNames.DataType(attribute.Type));
        writer.WriteEndObject();
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject is { } root && !root.ContainsKey("@context")
            && (root["prefix"] is JsonObject || root["wasDerivedFrom"] is JsonObject || root["wasGeneratedBy"] is JsonObject)
            && Enum.GetValues<ProvKind>().Any(kind => root[ProvNames.Relation(kind)] is JsonObject);
    }

    /// <summary>What relations must say, and prefixes that are declared.</summary>
    public override IEnumerable<string> Faults(DocumentProbe document) => ProvJsonRules.Faults(document.JsonObject!);
}
