using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Findings;

/// <summary>OpenVEX 0.2.0: one statement for each advisory. The standard wants at least one, so without an advisory there is no document.</summary>
internal sealed class OpenVexExporter() : JsonExporter(
    new("openvex", "OpenVEX", "0.2.0", "application/json", ".openvex.json", ExportCategory.Finding) { Needs = ExportNeeds.Advisory })
{
    private const string Context = "https://openvex.dev/ns/v0.2.0";

    private static readonly string[] Justifications =
    [
        "component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path", "vulnerable_code_cannot_be_controlled_by_adversary",
        "inline_mitigations_already_exist",
    ];

    protected override JsonNode Build(Dossier dossier) => new JsonObject
    {
        ["@context"] = Context,
        ["@id"] = $"urn:uuid:{NameUuid.Of(Format.Id, dossier.Artifact.Digest)}",
        ["author"] = AdvisoryWords.Authors(dossier),
        ["role"] = "issuer of advisories; exported by aixv",
        ["timestamp"] = Rfc3339.Format(dossier.Time),
        ["version"] = 1,
        ["tooling"] = $"aixv {dossier.ToolVersion}. {AdvisoryWords.Evidence(dossier)}",
        ["statements"] = dossier.Advisories.Select(a => (JsonNode)Statement(a, dossier)).ToJsonArray(),
    };

    private JsonObject Statement(AdvisoryFacts advisory, Dossier dossier)
    {
        var impact = AdvisoryWords.ImpactOf(advisory);
        var statement = new JsonObject
        {
            ["@id"] = $"urn:uuid:{NameUuid.Of(Format.Id, dossier.Artifact.Digest, advisory.Advisory.Id)}",
            ["vulnerability"] = new JsonObject { ["name"] = advisory.Advisory.Id, ["description"] = advisory.Advisory.ReasonCode },
            ["timestamp"] = Rfc3339.Format(AdvisoryWords.ChangedAt(advisory, dossier)),
            ["products"] = new JsonArray(Product(dossier.Artifact, advisory)),
            ["status"] = impact switch
            {
                Impact.Affected => "affected",
                Impact.NotAffected => "not_affected",
                Impact.Fixed => "fixed",
                Impact.UnderInvestigation => "under_investigation",
            },
            ["status_notes"] = AdvisoryWords.Describe(advisory),
        };
        var actions = AdvisoryWords.Actions(advisory);
        if (impact == Impact.Affected)
        {
            statement["action_statement"] = actions ?? "The advisory recommends no action.";
        }
        else if (impact == Impact.NotAffected)
        {
            statement["impact_statement"] = "The issuer withdrew the advisory.";
        }

        // Only what is affected may have an action statement; what else the record recommends stays with the notes.
        if (impact != Impact.Affected && actions is not null)
        {
            statement["status_notes"] = $"{AdvisoryWords.Describe(advisory)} Recommended: {actions}";
        }

        return statement;
    }

    private static JsonObject Product(ArtifactFacts artifact, AdvisoryFacts advisory)
    {
        var product = new JsonObject { ["@id"] = artifact.Purl ?? artifact.Urn }
            .With("identifiers", artifact.Purl is { } purl ? new JsonObject { ["purl"] = purl } : null)
            .With("hashes", Hashes(artifact.Digest));
        if (!advisory.IsDirect && Digest.TryParse(advisory.Path[0].FromKey, null, out var origin))
        {
            product["subcomponents"] = new JsonArray(new JsonObject { ["@id"] = $"urn:sha256:{origin.Hex}", ["hashes"] = Hashes(origin) });
        }

        return product;
    }

    private static JsonObject Hashes(Digest digest) => new() { ["sha-256"] = digest.Hex };

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Member("@context")?.StartsWith("https://openvex.dev/ns/v0.2", StringComparison.Ordinal) == true;
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return JsonPlace.Check(document.JsonObject, root =>
        {
            root.Uri("@id", required: true);
            root.Text("author", required: true, notEmpty: true);
            root.Time("timestamp", required: true);
            root.Time("last_updated");
            root.Integer("version", required: true, minimum: 1);
            foreach (var statement in root.Objects("statements", required: true, minimum: 1))
            {
                Check(statement);
            }
        });
    }

    private static void Check(JsonPlace statement)
    {
        statement.Object("vulnerability", required: true)?.Text("name", required: true, notEmpty: true);
        statement.Time("timestamp");
        statement.Time("last_updated");
        CheckStatus(statement);
        foreach (var product in statement.Objects("products"))
        {
            CheckComponent(product);
            foreach (var part in product.Objects("subcomponents"))
            {
                CheckComponent(part);
            }
        }
    }

    /// <summary>The status, and what it asks for besides: alike in every version.</summary>
    internal static void CheckStatus(JsonPlace statement)
    {
        var status = statement.Word("status", true, "not_affected", "affected", "fixed", "under_investigation");
        statement.Word("justification", false, Justifications);
        if (status == "not_affected" && !statement.Has("justification") && !statement.Has("impact_statement"))
        {
            statement.Fault("what is not_affected needs a justification or an impact_statement");
        }

        if (status == "affected")
        {
            statement.Text("action_statement", required: true);
        }
    }

    private static void CheckComponent(JsonPlace component)
    {
        component.Uri("@id");
        if (!component.Has("@id") && !component.Has("identifiers"))
        {
            component.Fault("@id or identifiers is required");
        }
    }
}
