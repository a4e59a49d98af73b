using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Advisories;

namespace Aixv.Export.Boms;

/// <summary>Advisories as CycloneDX vulnerabilities with what was found of the artifact.</summary>
internal static class CycloneDxVulnerabilities
{
    public static JsonObject Of(AdvisoryFacts advisory, Dossier dossier)
    {
        var said = advisory.Advisory;
        var vulnerability = new JsonObject { ["bom-ref"] = $"advisory:{said.Id}", ["id"] = said.Id };
        vulnerability.AddObject("source", SourceOf(advisory, dossier));
        vulnerability["ratings"] = new JsonArray((JsonNode)new JsonObject { ["severity"] = said.Severity.ToWord(), ["method"] = "other" });
        vulnerability["description"] = $"{said.ReasonCode} ({said.Class.ToWord()})";
        vulnerability.AddText("recommendation", string.Join("\n", said.RecommendedActions));
        vulnerability.AddText("created", advisory.FirstSeen is { } first ? FactText.Of(first) : null);
        vulnerability.AddText("updated", advisory.LastSeen is { } last ? FactText.Of(last) : null);
        vulnerability.AddText("rejected", said.Status == AdvisoryStatus.Withdrawn && advisory.LastSeen is { } rejected ? FactText.Of(rejected) : null);
        vulnerability["analysis"] = AnalysisOf(advisory);
        vulnerability["affects"] = new JsonArray((JsonNode)new JsonObject { ["ref"] = CycloneDxContent.ReferenceOf(dossier) });
        vulnerability.AddList("properties", CycloneDxParts.Properties(PropertiesOf(advisory)));
        return vulnerability;
    }

    private static JsonObject SourceOf(AdvisoryFacts advisory, Dossier dossier)
    {
        var source = new JsonObject();
        source.AddText("name", advisory.Signer?.Subject);
        source.AddText("url", Uris.WebOrNull(dossier.AdvisoryFeed));
        return source;
    }

    private static JsonObject AnalysisOf(AdvisoryFacts advisory)
    {
        var analysis = new JsonObject { ["state"] = StateOf(advisory), ["detail"] = DetailOf(advisory) };
        analysis.AddText("firstIssued", advisory.FirstSeen is { } first ? FactText.Of(first) : null);
        analysis.AddText("lastUpdated", advisory.LastSeen is { } last ? FactText.Of(last) : null);
        return analysis;
    }

    /// <summary>What nobody trusted says, or no attested lineage proves, is in triage.</summary>
    private static string StateOf(AdvisoryFacts advisory) => !advisory.IsTrusted ? "in_triage" : advisory.Advisory.Status switch
    {
        AdvisoryStatus.Active => advisory.IsCertain ? "exploitable" : "in_triage",
        AdvisoryStatus.Mitigated => "resolved",
        AdvisoryStatus.Withdrawn => "false_positive",
    };

    private static string DetailOf(AdvisoryFacts advisory)
    {
        var reach = advisory.IsDirect
            ? "The advisory names this artifact."
            : $"The advisory comes to this artifact by its lineage: {string.Join("; ", advisory.Path.Select(step => $"{step.ToKey} {step.Relation} {step.FromKey}"))}.";
        var proof = advisory.IsCertain ? "" : " Not every step of the way is attested.";
        var trust = advisory.IsTrusted ? "" : " Its signer is not among those trusted for advisories.";
        var status = advisory.Advisory.Status == AdvisoryStatus.Withdrawn ? " Its issuer has withdrawn it." : "";
        return reach + proof + trust + status;
    }

    private static IEnumerable<(string Name, string Value)> PropertiesOf(AdvisoryFacts advisory)
    {
        var said = advisory.Advisory;
        yield return ("aixv:advisory:status", said.Status.ToWord());
        yield return ("aixv:advisory:reason-code", said.ReasonCode);
        yield return ("aixv:advisory:signed", advisory.Signer is null ? "false" : "true");
        yield return ("aixv:advisory:trusted", advisory.IsTrusted ? "true" : "false");
        foreach (var target in said.Affected)
        {
            if (target.Digest is { } digest)
            {
                yield return ("aixv:advisory:affected", digest.ToString());
            }
        }
    }
}
