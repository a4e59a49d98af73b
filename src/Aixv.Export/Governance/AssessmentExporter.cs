using System.Text.Json.Nodes;
using Aixv.Export.Assessments;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Governance;

/// <summary>An assessment as a document of our own (<c>aixv.assessment/v1</c>), where no public schema exists: every item, gaps among them.</summary>
internal sealed class AssessmentExporter(Framework framework, string extension) : JsonExporter(
    new(framework.Id, framework.Name, framework.Version, "application/json", extension, ExportCategory.Governance))
{
    protected override JsonNode Build(Dossier dossier) => Assessment.Of(framework, dossier).ToJson(dossier);

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Member("schema") == Assessment.Schema
            && document.JsonObject!["framework"] is JsonObject named
            && named["id"] is JsonValue id && id.TryGetValue<string>(out var text) && text == framework.Id;
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return JsonPlace.Check(document.JsonObject, root =>
        {
            root.Object("artifact", required: true)?.Text("digest", required: true);
            root.Time("assessed_at", required: true);
            var ids = new HashSet<string>(StringComparer.Ordinal);
            foreach (var item in root.Objects("items", required: true))
            {
                Check(item, ids);
            }

            foreach (var missing in framework.Items.Where(i => !ids.Contains(i.Id)))
            {
                root.Fault($"the item {missing.Id} is missing: gaps stay in");
            }
        });
    }

    private void Check(JsonPlace item, HashSet<string> ids)
    {
        if (item.Text("id", required: true) is { } id && (!framework.Items.Any(i => i.Id == id) || !ids.Add(id)))
        {
            item.Fault($"'{id}' is no item of {framework.Id}, or is there twice");
        }

        var status = item.Word("status", true, "met", "partly", "gap", "not-applicable");
        var evidence = item.Objects("evidence", required: true);
        if (status is "met" or "partly" && evidence.Count == 0)
        {
            item.Fault($"what is {status} has evidence");
        }

        foreach (var entry in evidence)
        {
            entry.Text("type", required: true, notEmpty: true);
        }
    }
}
