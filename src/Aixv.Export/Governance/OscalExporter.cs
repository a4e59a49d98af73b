using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Governance;

/// <summary>A format that is one OSCAL 1.1.3 document.</summary>
internal abstract class OscalExporter(string id, string extension, string member, ExportNeeds needs = ExportNeeds.None) : JsonExporter(
    new(id, "OSCAL", OscalParts.Version, "application/oscal+json", extension, ExportCategory.Governance) { Needs = needs })
{
    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject?[member] is JsonObject root && root.ContainsKey("metadata");
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return JsonPlace.Check(document.JsonObject, root =>
        {
            if (root.Object(member, required: true) is not { } inner)
            {
                return;
            }

            inner.Uuid("uuid", required: true);
            if (inner.Object("metadata", required: true) is { } metadata)
            {
                metadata.Text("title", required: true, notEmpty: true);
                metadata.Time("last-modified", required: true);
                metadata.Text("version", required: true, notEmpty: true);
                metadata.Text("oscal-version", required: true, notEmpty: true);
            }

            CheckMembers(inner);
            OscalRules.CheckReferences(inner);
        });
    }

    /// <summary>What this kind of document must hold.</summary>
    protected abstract void CheckMembers(JsonPlace root);
}
