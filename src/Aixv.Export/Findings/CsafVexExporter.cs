using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Findings;

/// <summary>CSAF 2.0, profile VEX: the artifact is the one product, each advisory a vulnerability.</summary>
internal sealed partial class CsafVexExporter() : JsonExporter(
    new("csaf-2.0-vex", "CSAF", "2.0", "application/json", ".csaf.json", ExportCategory.Finding) { Needs = ExportNeeds.Advisory })
{
    private const string Product = "AIXVPID-0001";

    /// <summary>The id of the document; CSAF §5.1 makes its file's name of it (<see cref="FileNameOf"/>).</summary>
    internal static string TrackingId(Dossier dossier) => $"AIXV-VEX-{dossier.Artifact.Digest.Hex}";

    /// <summary>CSAF §5.1: the id in lower case, each run of other characters than letters, digits, + and - an underscore.</summary>
    internal static string FileNameOf(string trackingId) => $"{NotInNames.Replace(trackingId.ToLowerInvariant(), "_")}.json";

    public override string? FileName(Dossier dossier) => FileNameOf(TrackingId(dossier));

    protected override JsonNode Build(Dossier dossier) => new JsonObject
    {
        ["document"] = Document(dossier),
        ["product_tree"] = new JsonObject { ["full_product_names"] = new JsonArray(FullName(dossier.Artifact)) },
        ["vulnerabilities"] = dossier.Advisories.Select(a => (JsonNode)Vulnerability(a)).ToJsonArray(),
    };

    private static JsonObject Document(Dossier dossier)
    {
        var date = Rfc3339.Format(dossier.Time);
        return new JsonObject
        {
            ["category"] = "csaf_vex",
            ["csaf_version"] = "2.0",
            ["aggregate_severity"] = new JsonObject { ["text"] = Words.ToWord(dossier.Advisories.Max(a => a.Advisory.Severity)) },
            ["lang"] = "en",
            ["notes"] = new JsonArray(new JsonObject
            {
                ["category"] = "general",
                ["text"] = $"Exported from records of advisories about {dossier.Artifact.Digest}. {AdvisoryWords.Evidence(dossier)} This document is not signed.",
                ["title"] = "Where this comes from",
            }),
            ["publisher"] = Publisher(dossier),
            ["references"] = References(dossier),
            ["title"] = $"Advisories about {dossier.Artifact.Name}",
            ["tracking"] = new JsonObject
            {
                ["current_release_date"] = date,
                ["generator"] = new JsonObject { ["date"] = date, ["engine"] = new JsonObject { ["name"] = "aixv", ["version"] = dossier.ToolVersion } },
                ["id"] = TrackingId(dossier),
                ["initial_release_date"] = date,
                ["revision_history"] = new JsonArray(new JsonObject { ["date"] = date, ["number"] = "1", ["summary"] = "Exported." }),
                ["status"] = "final",
                ["version"] = "1",
            },
        };
    }

    private static JsonObject Publisher(Dossier dossier)
    {
        var signer = dossier.Advisories.Select(a => a.Signer).FirstOrDefault(s => s is not null);
        return new JsonObject
        {
            ["category"] = "other",
            ["issuing_authority"] = "Whoever signed the records of the advisories; the document itself was exported by their user.",
            ["name"] = AdvisoryWords.Authors(dossier),
            ["namespace"] = Uris.AbsoluteOrNull(signer?.Subject) ?? Uris.AbsoluteOrNull(signer?.Issuer) ?? "https://aixv.org/exports",
        };
    }

    private static JsonArray? References(Dossier dossier) => Uris.WebOrNull(dossier.Bundle?.Location) is not { } url ? new JsonArray(new JsonObject
        {
            ["category"] = "self",
            ["summary"] = "The artifact, by its digest",
            ["url"] = dossier.Artifact.Urn,
        })
        : new JsonArray(new JsonObject { ["category"] = "external", ["summary"] = $"The signed evidence about the artifact, {dossier.Bundle!.Digest}", ["url"] = url });

    private static JsonObject FullName(ArtifactFacts artifact) => new()
    {
        ["name"] = artifact.Name,
        ["product_id"] = Product,
        ["product_identification_helper"] = new JsonObject
        {
            ["hashes"] = new JsonArray(new JsonObject
            {
                ["file_hashes"] = new JsonArray(new JsonObject { ["algorithm"] = "sha256", ["value"] = artifact.Digest.Hex }),
                ["filename"] = artifact.Name,
            }),
        }.With("purl", artifact.Purl),
    };

    private static JsonObject Vulnerability(AdvisoryFacts advisory)
    {
        var said = advisory.Advisory;
        var impact = AdvisoryWords.ImpactOf(advisory);
        var products = () => new JsonArray((JsonNode)Product);
        var vulnerability = new JsonObject();
        if (CveId.IsMatch(said.Id))
        {
            vulnerability["cve"] = said.Id;
        }
        else
        {
            vulnerability["ids"] = new JsonArray(new JsonObject { ["system_name"] = "AIXV advisory", ["text"] = said.Id });
        }

        vulnerability["notes"] = new JsonArray(new JsonObject { ["category"] = "description", ["text"] = AdvisoryWords.Describe(advisory) }
            .With("title", said.ReasonCode.Length == 0 ? null : said.ReasonCode));
        vulnerability["product_status"] = new JsonObject
        {
            [impact switch
            {
                Impact.Affected => "known_affected",
                Impact.NotAffected => "known_not_affected",
                Impact.Fixed => "fixed",
                Impact.UnderInvestigation => "under_investigation",
            }] = products(),
        };
        if (impact == Impact.Affected)
        {
            vulnerability["remediations"] = AdvisoryWords.Actions(advisory) is null
                ? new JsonArray(new JsonObject { ["category"] = "none_available", ["details"] = "The advisory recommends no action.", ["product_ids"] = products() })
                : AdvisoryWords.ActionsOf(advisory)
                    .Select(action => (JsonNode)new JsonObject { ["category"] = "mitigation", ["details"] = action, ["product_ids"] = products() })
                    .ToJsonArray();
        }
        else if (AdvisoryWords.Actions(advisory) is { } actions)
        {
            vulnerability["notes"]!.AsArray().Add((JsonNode)new JsonObject { ["category"] = "other", ["text"] = actions, ["title"] = "Recommended actions" });
        }

        if (advisory.FirstSeen is { } first)
        {
            vulnerability["release_date"] = Rfc3339.Format(first);
        }

        vulnerability["threats"] = new JsonArray(new JsonObject
        {
            ["category"] = "impact",
            ["details"] = impact == Impact.NotAffected ? "The issuer withdrew the advisory." : $"Severity: {said.Severity.ToWord()}.",
            ["product_ids"] = products(),
        });
        vulnerability["title"] = AdvisoryWords.Title(advisory);
        return vulnerability;
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject?["document"] is JsonObject inner && inner["csaf_version"] is JsonValue version && version.TryGetValue<string>(out var text) && text == "2.0";
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return JsonPlace.Check(document.JsonObject, CsafRules.Check);
    }

    [GeneratedRegex("[^+\\-a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotInNames { get; }

    [GeneratedRegex("^CVE-[0-9]{4}-[0-9]{4,}$", RegexOptions.CultureInvariant)]
    private static partial Regex CveId { get; }
}
