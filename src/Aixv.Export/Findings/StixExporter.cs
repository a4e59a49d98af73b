using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Findings;

/// <summary>
/// STIX 2.1: files of the artifact and what it was made from, its signer, advisories as vulnerabilities, and for what is recalled an indicator.
/// Everything is marked TLP:AMBER: who may know is for its owner to widen.
/// </summary>
internal sealed class StixExporter() : JsonExporter(
    new("stix-2.1", "STIX", "2.1", "application/stix+json;version=2.1", ".stix.json", ExportCategory.Finding))
{
    protected override JsonNode Build(Dossier dossier)
    {
        var objects = new StixObjects(Format.Id, dossier);
        objects.AddMarking();
        var artifact = objects.AddFile(dossier.Artifact.Digest, dossier.Artifact.Name == dossier.Artifact.Digest.ToString() ? null : dossier.Artifact.Name, dossier.Artifact.Size);
        AddSigner(objects, dossier, artifact);
        AddLineage(objects, dossier, artifact);
        AddFramework(objects, dossier, artifact);
        foreach (var advisory in dossier.Advisories)
        {
            AddAdvisory(objects, dossier, advisory, artifact);
        }

        AddReport(objects, dossier);
        return new JsonObject
        {
            ["type"] = "bundle",
            ["id"] = $"bundle--{NameUuid.Of(Format.Id, dossier.Artifact.Digest)}",
            ["objects"] = objects.All.Select(o => (JsonNode)o).ToJsonArray(),
        };
    }

    private static void AddSigner(StixObjects objects, Dossier dossier, string artifact)
    {
        if (dossier.Signer is not { } signer)
        {
            return;
        }

        var identity = AddIdentity(objects, dossier, signer);
        objects.Relate(artifact, "related-to", identity, "It was signed by this identity.");
        if (dossier.Bundle!.Certificate is { } certificate)
        {
            var id = objects.AddObservable(
                "x509-certificate",
                new JsonObject { ["hashes"] = new JsonObject { ["SHA-256"] = Digest.Of(certificate.Span).Hex } },
                "hashes",
                "serial_number");
            objects.Relate(id, "related-to", identity, "The certificate of the signing identity.");
        }
    }

    private static string AddIdentity(StixObjects objects, Dossier dossier, SignerEvidence signer) => objects.Add(
        "identity",
        signer.ToString(),
        dossier.Time,
        new JsonObject { ["name"] = signer.Subject, ["identity_class"] = "unknown" }
            .With("description", signer.Issuer is { } issuer ? $"Vouched for by {issuer}." : "A managed key."));

    private static void AddLineage(StixObjects objects, Dossier dossier, string artifact)
    {
        var behind = dossier.Training?.Bundle is null ? "Only described: the claim is not signed." : "As a signed claim says.";
        foreach (var parent in dossier.Parents ?? [])
        {
            objects.Relate(artifact, "derived-from", AddFile(objects, parent), $"Parent model{Also(parent)}. {behind}");
        }

        foreach (var dataset in dossier.Datasets ?? [])
        {
            objects.Relate(artifact, "derived-from", AddFile(objects, dataset), $"Trained on this dataset{Also(dataset)}. {behind}");
        }
    }

    /// <summary>By its digest, and its name where it has one; by what it is called where nothing else is known.</summary>
    private static string AddFile(StixObjects objects, ReferenceFacts reference) =>
        objects.AddFile(reference.Digest, reference.Digest is null ? reference.Label : reference.Name);

    private static string Also(ReferenceFacts reference) => string.Concat(
        reference.Uri is { } uri ? $", {uri}" : "",
        reference.Split is { } split ? $", split {split}" : "",
        reference.Relation is { } relation ? $", {relation}" : "",
        reference.Tier == EvidenceTier.Attested ? ", itself attested" : "");

    private static void AddFramework(StixObjects objects, Dossier dossier, string artifact)
    {
        if (dossier.Run?.Framework is { } framework)
        {
            var software = objects.AddObservable(
                "software", new JsonObject { ["name"] = framework }.With("version", dossier.Run.FrameworkVersion), "name", "cpe", "swid", "vendor", "version");
            objects.Relate(artifact, "related-to", software, "It was trained with this framework.");
        }
    }

    private static void AddAdvisory(StixObjects objects, Dossier dossier, AdvisoryFacts advisory, string artifact)
    {
        var said = advisory.Advisory;
        var time = AdvisoryWords.ChangedAt(advisory, dossier);
        var vulnerability = new JsonObject
        {
            ["name"] = AdvisoryWords.Title(advisory),
            ["description"] = AdvisoryWords.Describe(advisory),
            ["labels"] = new JsonArray((JsonNode)$"severity:{said.Severity.ToWord()}", $"status:{said.Status.ToWord()}"),
            ["external_references"] = new JsonArray(StixObjects.Reference("aixv-advisory", said.Id)),
        };
        if (advisory.Signer is { } signer)
        {
            vulnerability["created_by_ref"] = AddIdentity(objects, dossier, signer);
        }

        var id = objects.Add("vulnerability", said.Id, time, vulnerability);
        objects.Relate(artifact, "related-to", id, AdvisoryWords.Reach(advisory));
        var patterns = ThreatTable.Of(advisory).Where(t => t.IsAtlas).Select(technique => AddPattern(objects, dossier, technique)).ToList();
        foreach (var pattern in patterns)
        {
            objects.Relate(pattern, "targets", id);
        }

        foreach (var action in AdvisoryWords.ActionsOf(advisory))
        {
            objects.Relate(objects.Add("course-of-action", $"{said.Id}\n{action}", time, new JsonObject { ["name"] = action }), "mitigates", id);
        }

        if (advisory.IsRecall)
        {
            var indicator = objects.Add("indicator", said.Id, time, new JsonObject
            {
                ["name"] = $"{said.Id}: the recalled artifact",
                ["description"] = AdvisoryWords.Describe(advisory),
                ["indicator_types"] = new JsonArray((JsonNode)(patterns.Count > 0 ? "compromised" : "unknown")),
                ["pattern"] = $"[file:hashes.'SHA-256' = '{dossier.Artifact.Digest.Hex}']",
                ["pattern_type"] = "stix",
                ["valid_from"] = StixObjects.Time(advisory.FirstSeen ?? time),
            });
            objects.Relate(indicator, "related-to", id);
            foreach (var pattern in patterns)
            {
                objects.Relate(indicator, "indicates", pattern);
            }
        }
    }

    private static string AddPattern(StixObjects objects, Dossier dossier, AttackTechnique technique) => objects.Add(
        "attack-pattern",
        technique.Id,
        dossier.Time,
        new JsonObject
        {
            ["name"] = technique.Name,
            ["external_references"] = new JsonArray(new JsonObject { ["source_name"] = "mitre-atlas", ["external_id"] = technique.Id, ["url"] = technique.Url }),
        });

    /// <summary>In the report's text: OASIS' schema of bundles knows no note.</summary>
    private static string Decision(Dossier dossier) => dossier.Decision?.Decision is not { } decision
        ? ""
        : $" Decision: {decision.Decision.ToWord()}, by policy {decision.PolicyDigest}, on {StixObjects.Time(decision.DecidedAt)}."
            + string.Concat(decision.Violations.Select(v => $" {v.Code.ToCode()}: {v.Message}."));

    private static void AddReport(StixObjects objects, Dossier dossier)
    {
        var all = objects.All.Select(o => o["id"]!.GetValue<string>()).Where(id => id != StixObjects.Amber).ToJsonArray();
        var report = new JsonObject
        {
            ["name"] = $"AIXV: {dossier.Artifact.Name}",
            ["description"] = $"Exported by aixv {dossier.ToolVersion}. {AdvisoryWords.Evidence(dossier)}{Decision(dossier)}",
            ["report_types"] = new JsonArray((JsonNode)"vulnerability"),
            ["published"] = StixObjects.Time(dossier.Time),
            ["object_refs"] = all,
        };
        if (dossier.Bundle is { } bundle)
        {
            var reference = new JsonObject { ["source_name"] = "sigstore-bundle", ["description"] = AdvisoryWords.Evidence(dossier) };
            if (Uris.WebOrNull(bundle.Location) is { } url)
            {
                reference["url"] = url;
                reference["hashes"] = new JsonObject { ["SHA-256"] = bundle.Digest.Hex };
            }

            report["external_references"] = new JsonArray(reference);
        }

        objects.Add("report", "report", dossier.Time, report);
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Member("type") == "bundle" && document.Member("id")?.StartsWith("bundle--", StringComparison.Ordinal) == true
            && !document.JsonObject!.ContainsKey("spec_version"); // STIX 2.0 says its version there.
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return JsonPlace.Check(document.JsonObject, StixRules.Check);
    }
}
