using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Graphs;

/// <summary>PROV-JSONLD (openprovenance.org). Streamed.</summary>
internal sealed class ProvJsonLdExporter() : JsonGraphExporter(new("prov-jsonld", "PROV-JSONLD", "2020-08-26", "application/ld+json", ".prov.jsonld", ExportCategory.Graph))
{
    private const string Context = "https://openprovenance.org/prov-jsonld/context.jsonld";

    protected override void WriteGraph(Dossier dossier, Utf8JsonWriter writer)
    {
        var lineage = new ProvLineage(dossier);
        writer.WriteStartObject();
        writer.WriteStartArray("@context");
        writer.WriteStartObject();
        foreach (var (prefix, uri) in ProvLineage.Prefixes)
        {
            writer.WriteString(prefix, uri);
        }

        writer.WriteEndObject();
        writer.WriteStringValue(Context);
        writer.WriteEndArray();
        writer.WriteStartArray("@graph");
        foreach (var kind in Enum.GetValues<ProvKind>())
        {
            foreach (var record in lineage.Records(kind))
            {
                Write(writer, record);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ProvRecord record)
    {
        writer.WriteStartObject();
        writer.WriteString("@type", $"prov:{ProvNames.Class(record.Kind)}");
        if (record.Id is { } id)
        {
            writer.WriteString("@id", id);
        }

        var roles = ProvNames.Roles(record.Kind);
        for (var i = 0; i < record.Ends.Count; i++)
        {
            if (record.Ends[i] is { } end)
            {
                writer.WriteString(roles[i], end);
            }
        }

        if (record.Time is { } time)
        {
            writer.WriteString(record.Kind == ProvKind.Activity ? "startTime" : "time", time.ToRfc3339());
        }

        if (record.End is { } finished)
        {
            writer.WriteString("endTime", finished.ToRfc3339());
        }

        foreach (var attributes in record.Attributes.GroupBy(a => a.Name))
        {
            WriteValues(writer, attributes.Key, attributes);
        }

        writer.WriteEndObject();
        Breathe(writer);
    }

    /// <summary>Attributes of PROV itself stand without a prefix.</summary>
    private static void WriteValues(Utf8JsonWriter writer, string name, IEnumerable<ProvAttribute> attributes)
    {
        writer.WriteStartArray(name.StartsWith("prov:", StringComparison.Ordinal) ? name["prov:".Length..] : name);
        foreach (var attribute in attributes)
        {
            if (name == "prov:type")
            {
                writer.WriteStringValue(attribute.Value);
                continue;
            }

            writer.WriteStartObject();
            if (attribute.Type == ProvValueType.Text)
            {
                writer.WriteString("@value", attribute.Value);
            }
            else
            {
                writer.WriteString("@type", attribute.Type == ProvValueType.QualifiedName ? "prov:QUALIFIED_NAME" : ProvNames.DataType(attribute.Type));
                writer.WriteString("@value", attribute.Value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject?["@context"] is { } context
            && (JsonMembers.Text(context) is { } one ? [one] : context is JsonArray list ? list.Select(JsonMembers.Text) : [])
                .Any(uri => uri?.Contains("openprovenance.org/prov-jsonld/context", StringComparison.Ordinal) == true);
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        if (document.JsonObject!["@graph"] is not JsonArray records)
        {
            return ["$['@graph']: a list of records is expected"];
        }

        return records.SelectMany((record, i) => JsonMembers.Text(record, "@type") is null
            ? [$"$['@graph'][{i}]: a record has a @type"]
            : JsonMembers.Text(record, "@type") is "prov:Entity" or "prov:Agent" or "prov:Activity" && JsonMembers.Text(record, "@id") is null
                ? [$"$['@graph'][{i}]: an entity, an activity and an agent have an @id"]
                : Array.Empty<string>());
    }
}
