using System.Text.Json.Nodes;
using Aixv.Export.Assessments;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Governance;

/// <summary>An OSCAL component definition: the artifact, and how far its evidence goes for the controls of a framework. Gaps stay in.</summary>
internal abstract class OscalComponentExporter(string id, string extension, Framework framework) : OscalExporter(id, extension, "component-definition")
{
    protected override JsonNode Build(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var parts = new OscalParts(Format.Id, dossier);
        var definition = new JsonObject
        {
            ["uuid"] = parts.Uuid("document"),
            ["metadata"] = parts.Metadata($"{framework.Name}: {dossier.Artifact.Name}"),
            ["components"] = new JsonArray(Component(parts, dossier)),
        };
        definition.With("back-matter", parts.BackMatter);
        return new JsonObject { ["component-definition"] = definition };
    }

    private JsonObject Component(OscalParts parts, Dossier dossier) => new()
    {
        ["uuid"] = parts.Uuid("component"),
        ["type"] = "software",
        ["title"] = OscalParts.Line(dossier.Artifact.Name) ?? dossier.Artifact.Digest.ToString(),
        ["description"] = $"The artifact {dossier.Artifact.Digest}.",
        ["props"] = parts.ArtifactProperties(),
        ["control-implementations"] = new JsonArray(new JsonObject
        {
            ["uuid"] = parts.Uuid("implementation"),
            ["source"] = framework.Source,
            ["description"] = $"{framework.Name}, {framework.Version}. {framework.Note} {Assessment.Caution}",
            ["implemented-requirements"] = Assessment.Of(framework, dossier).Items.Select(item => (JsonNode)Requirement(parts, item)).ToJsonArray(),
        }),
    };

    private static JsonObject Requirement(OscalParts parts, AssessedItem item)
    {
        var links = parts.Links(item.Evidence).ToJsonArray();
        var statement = new JsonObject
        {
            ["statement-id"] = $"{item.Item.Id}_smt",
            ["uuid"] = parts.Uuid($"statement\n{item.Item.Id}"),
            ["description"] = item.Reason,
        };
        return new JsonObject
        {
            ["uuid"] = parts.Uuid($"requirement\n{item.Item.Id}"),
            ["control-id"] = item.Item.Id,
            ["description"] = $"{item.Item.Text}. {item.Reason}",
            ["props"] = new JsonArray(Status(item.Status), OscalParts.Property("assessment-status", Assessment.WordOf(item.Status))),
        }
        .With("links", links)
        .With("statements", new JsonArray(statement));
    }

    /// <summary>OSCAL's own words for what is done; it has none for a gap ("planned" would be a promise), so that one is ours.</summary>
    private static JsonObject Status(ItemStatus status) => status switch
    {
        ItemStatus.Met => new JsonObject { ["name"] = "implementation-status", ["value"] = "implemented" },
        ItemStatus.Partly => new JsonObject { ["name"] = "implementation-status", ["value"] = "partial" },
        ItemStatus.NotApplicable => new JsonObject { ["name"] = "implementation-status", ["value"] = "not-applicable" },
        ItemStatus.Gap => OscalParts.Property("implementation-status", "gap"),
    };

    protected override void CheckMembers(JsonPlace root)
    {
        ArgumentNullException.ThrowIfNull(root);
        foreach (var component in root.Objects("components"))
        {
            component.Uuid("uuid", required: true);
            component.Text("type", required: true, notEmpty: true);
            component.Text("title", required: true);
            component.Text("description", required: true);
            foreach (var implementation in component.Objects("control-implementations"))
            {
                implementation.Uuid("uuid", required: true);
                implementation.Text("source", required: true);
                implementation.Text("description", required: true);
                foreach (var requirement in implementation.Objects("implemented-requirements", required: true, minimum: 1))
                {
                    requirement.Uuid("uuid", required: true);
                    requirement.Text("control-id", required: true, notEmpty: true);
                    requirement.Text("description", required: true);
                    foreach (var statement in requirement.Objects("statements"))
                    {
                        statement.Text("statement-id", required: true, notEmpty: true);
                        statement.Uuid("uuid", required: true);
                        statement.Text("description", required: true);
                    }
                }
            }
        }
    }
}
