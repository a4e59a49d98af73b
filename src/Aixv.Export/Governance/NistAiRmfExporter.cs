using System.Text.Json.Nodes;
using Aixv.Export.Assessments;
using Aixv.Export.Formats;

namespace Aixv.Export.Governance;

/// <summary>NIST's AI Risk Management Framework as an OSCAL component definition: all 72 subcategories.</summary>
internal sealed class NistAiRmfExporter() : OscalComponentExporter("nist-ai-rmf", ".ai-rmf.oscal.json", NistAiRmf.Value)
{
    private static readonly HashSet<string> Known = [.. NistAiRmf.Value.Items.Select(i => i.Id)];

    public override bool Recognizes(DocumentProbe document) =>
        base.Recognizes(document)
        && document.JsonObject!["component-definition"]!["components"] is JsonArray components
        && components.OfType<JsonObject>()
            .SelectMany(c => c["control-implementations"] is JsonArray list ? list.OfType<JsonObject>() : [])
            .Any(i => i["source"] is JsonValue source && source.TryGetValue<string>(out var text) && text == NistAiRmf.Value.Source);

    protected override void CheckMembers(JsonPlace root)
    {
        base.CheckMembers(root);
        foreach (var implementation in root.Objects("components").SelectMany(c => c.Objects("control-implementations")).Where(i => i.Text("source") == NistAiRmf.Value.Source))
        {
            var ids = new HashSet<string>(StringComparer.Ordinal);
            foreach (var requirement in implementation.Objects("implemented-requirements"))
            {
                if (requirement.Text("control-id") is { } id && (!Known.Contains(id) || !ids.Add(id)))
                {
                    requirement.Fault($"'{id}' is no subcategory of the framework, or is there twice");
                }
            }

            foreach (var function in (string[])["govern-", "map-", "measure-", "manage-"])
            {
                if (!ids.Any(id => id.StartsWith(function, StringComparison.Ordinal)))
                {
                    implementation.Fault($"no subcategory of {function.TrimEnd('-')} is there");
                }
            }
        }
    }
}
