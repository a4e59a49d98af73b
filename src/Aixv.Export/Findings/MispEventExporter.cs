using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;

namespace Aixv.Export.Findings;

/// <summary>A MISP event: the artifact's digest, what it was made from, and the advisories. Only what is recalled is for intrusion detection.</summary>
internal sealed partial class MispEventExporter() : JsonExporter(
    new("misp-event", "MISP core format", "2.4", "application/json", ".misp.json", ExportCategory.Finding))
{
    private const string Analysis = "External analysis";

    private const string Galaxy = "mitre-atlas-attack-pattern";

    /// <summary>To the own organisation only: whoever shares it decides.</summary>
    private const string OwnOrganisation = "0";

    protected override JsonNode Build(Dossier dossier)
    {
        var recalled = dossier.Advisories.Where(a => a.IsRecall).ToList();
        var seconds = dossier.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var attributes = Attributes(dossier, recalled.Count > 0)
            .DistinctBy(a => (a.Type, a.Value))
            .Select(a => (JsonNode)new JsonObject
            {
                ["uuid"] = NameUuid.Of(Format.Id, dossier.Artifact.Digest, $"{a.Type}\n{a.Value}").ToString(),
                ["type"] = a.Type,
                ["category"] = a.Category,
                ["value"] = a.Value,
                ["comment"] = a.Comment,
                ["to_ids"] = a.ToIds,
                ["distribution"] = "5",
                ["timestamp"] = seconds,
            });
        return new JsonObject
        {
            ["Event"] = new JsonObject
            {
                ["uuid"] = NameUuid.Of(Format.Id, dossier.Artifact.Digest).ToString(),
                ["info"] = $"AIXV: {dossier.Artifact.Name}: {Words(dossier, recalled.Count)}",
                ["date"] = dossier.Time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                ["threat_level_id"] = ThreatLevel(recalled),
                ["analysis"] = "2",
                ["distribution"] = OwnOrganisation,
                ["published"] = false,
                ["timestamp"] = seconds,
                ["Attribute"] = attributes.ToJsonArray(),
                ["Tag"] = Tags(dossier).ToJsonArray(),
            }.With("Galaxy", Galaxies(dossier).ToJsonArray()),
        };
    }

    private static string Words(Dossier dossier, int recalled) =>
        recalled > 0 ? string.Create(CultureInfo.InvariantCulture, $"recalled by {recalled} advisor{(recalled == 1 ? "y" : "ies")}")
        : dossier.Advisories.Length > 0 ? "advisories, none of which recalls it here"
        : dossier.AdvisoriesWereChecked ? "no advisory is known" : "advisories were not looked at";

    private static string ThreatLevel(List<AdvisoryFacts> recalled) => recalled.Count == 0 ? "4" : recalled.Max(a => a.Advisory.Severity) switch
    {
        Severity.Critical or Severity.High => "1",
        Severity.Medium => "2",
        Severity.Low => "3",
    };

    private static IEnumerable<JsonNode> Tags(Dossier dossier)
    {
        yield return new JsonObject { ["name"] = "tlp:amber", ["colour"] = "#FFC000" };
        foreach (var group in ThreatFindings.Of(dossier, atlas: true))
        {
            yield return new JsonObject { ["name"] = TagOf(group.Key) };
        }
    }

    private static string TagOf(AttackTechnique technique) => $"misp-galaxy:{Galaxy}=\"{technique.Name}\"";

    private static IEnumerable<JsonNode> Galaxies(Dossier dossier)
    {
        var clusters = ThreatFindings.Of(dossier, atlas: true).Select(group => (JsonNode)new JsonObject
        {
            ["type"] = Galaxy,
            ["value"] = group.Key.Name,
            ["tag_name"] = TagOf(group.Key),
            ["meta"] = new JsonObject { ["external_id"] = new JsonArray((JsonNode)group.Key.Id), ["refs"] = new JsonArray((JsonNode)group.Key.Url) },
        }).ToJsonArray();
        if (clusters.Count > 0)
        {
            yield return new JsonObject { ["name"] = "MITRE ATLAS Techniques", ["type"] = Galaxy, ["GalaxyCluster"] = clusters };
        }
    }

    private static IEnumerable<MispAttribute> Attributes(Dossier dossier, bool isRecalled)
    {
        yield return new("sha256", "Payload delivery", dossier.Artifact.Digest.Hex, $"The artifact: {dossier.Artifact.Name}", isRecalled);
        if (dossier.Artifact.Name != dossier.Artifact.Digest.ToString())
        {
            yield return new("filename", "Payload delivery", dossier.Artifact.Name, "The artifact's name", false);
        }

        foreach (var (reference, role) in References(dossier))
        {
            var comment = $"{role}: {reference.Label}, {reference.Tier.ToString().ToLowerInvariant()}{(reference.RecalledBy.IsEmpty ? "" : $", recalled by {string.Join(", ", reference.RecalledBy)}")}";
            yield return reference.Digest is { } digest
                ? new("sha256", Analysis, digest.Hex, comment, !reference.RecalledBy.IsEmpty)
                : new("text", "Other", reference.Label, comment, false);
        }

        foreach (var advisory in dossier.Advisories)
        {
            yield return new("text", "Other", $"{advisory.Advisory.Id}: {AdvisoryWords.Describe(advisory)}", $"Advisory {advisory.Advisory.Id}", false);
            foreach (var action in AdvisoryWords.ActionsOf(advisory))
            {
                yield return new("text", "Other", $"{advisory.Advisory.Id} recommends: {action}", "Recommended action", false);
            }
        }

        if (dossier.Bundle is { } bundle)
        {
            yield return new("text", "Other", AdvisoryWords.Evidence(dossier), "Where the signed evidence is", false);
            foreach (var (url, of) in AdvisoryWords.BundleUrls(dossier))
            {
                yield return new("link", Analysis, url, $"A bundle of signed evidence, {of.Digest}", false);
            }

            yield return new("text", "Other", $"Signed by {dossier.Signer}", "Signer of the artifact", false);
            if (bundle.Certificate is { } certificate)
            {
                yield return new("x509-fingerprint-sha256", Analysis, Sigstore.Artifacts.Digest.Of(certificate.Span).Hex, "The signer's certificate", false);
            }
        }

        if (dossier.Decision?.Decision is { } decision)
        {
            yield return new("text", "Other", $"Decision: {Formats.Words.ToWord(decision.Decision)}, by policy {decision.PolicyDigest}", "Decision of a policy", false);
            foreach (var violation in decision.Violations)
            {
                yield return new("text", "Other", $"{violation.Code.ToCode()}: {violation.Message}", "Violation", false);
            }
        }
    }

    private static IEnumerable<(ReferenceFacts Reference, string Role)> References(Dossier dossier) =>
        (dossier.Parents ?? []).Select(p => (p, "Parent model")).Concat((dossier.Datasets ?? []).Select(d => (d, "Dataset")));

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject?["Event"] is JsonObject inner && (inner.ContainsKey("info") || inner.ContainsKey("threat_level_id"));
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return JsonPlace.Check(document.JsonObject, root =>
        {
            if (root.Object("Event", required: true) is { } inner)
            {
                Check(inner);
            }
        });
    }

    private static void Check(JsonPlace inner)
    {
        inner.Uuid("uuid");
        inner.Text("info", required: true, notEmpty: true);
        if (inner.Text("date") is { } date && !Date.IsMatch(date))
        {
            inner.Find("date")!.Fault("a date such as 2026-01-02 is expected");
        }

        inner.Word("threat_level_id", false, "1", "2", "3", "4");
        inner.Word("analysis", false, "0", "1", "2");
        inner.Word("distribution", false, "0", "1", "2", "3", "4");
        var uuids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var attribute in inner.Objects("Attribute"))
        {
            attribute.Text("type", required: true, notEmpty: true);
            attribute.Text("value", required: true, notEmpty: true);
            if (attribute.Uuid("uuid") is { } uuid && !uuids.Add(uuid))
            {
                attribute.Fault($"the uuid {uuid} is there twice");
            }

            if (attribute.Text("type") == "sha256" && attribute.Text("value") is { } value && !Sha256.IsMatch(value))
            {
                attribute.Fault("64 hex digits are expected");
            }
        }

        foreach (var tag in inner.Objects("Tag"))
        {
            tag.Text("name", required: true, notEmpty: true);
        }
    }

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Date { get; }

    [GeneratedRegex("^[0-9A-Fa-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Sha256 { get; }
}
