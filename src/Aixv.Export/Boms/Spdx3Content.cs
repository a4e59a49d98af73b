using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Boms;

/// <summary>A dossier as an SPDX 3.0.1 document: packages, the training as a build, relationships, evidence, advisories.</summary>
internal sealed class Spdx3Content
{
    private readonly Dossier dossier;
    private readonly bool withProfiles;
    private readonly Spdx3Graph graph;
    private readonly Inventory inventory;
    private readonly Spdx3Packages packages;

    private Spdx3Content(Dossier dossier, string format, bool withProfiles)
    {
        this.dossier = dossier;
        this.withProfiles = withProfiles;
        graph = new Spdx3Graph(format, dossier);
        inventory = Inventory.Of(dossier);
        packages = new Spdx3Packages(graph, dossier, inventory, withProfiles);
    }

    public static JsonObject Of(Dossier dossier, string format, bool withProfiles)
    {
        var content = new Spdx3Content(dossier, format, withProfiles);
        var document = content.graph.Add("SpdxDocument", "document");
        content.packages.AddAll();
        content.AddLineage();
        content.AddBuild();
        content.AddEvidence();
        foreach (var advisory in dossier.Advisories)
        {
            content.AddAdvisory(advisory);
        }

        content.Describe(document);
        return content.graph.ToJson();
    }

    private string Artifact => packages.IdOf(inventory.Artifact);

    private void Describe(JsonObject document)
    {
        var notClaimed = withProfiles ? new Spdx3Profiles(graph, inventory).Unmet().ToList() : [];
        document["name"] = dossier.Artifact.Name;
        document["comment"] = string.Join(' ', [EvidenceProperties.SentenceOf(dossier), .. notClaimed.Select(p => p.Why)]);
        document["rootElement"] = new JsonArray((JsonNode)Artifact);
        List<string> profiles = ["core", "software", "simpleLicensing"];
        if (dossier.Run is not null)
        {
            profiles.Add("build");
        }

        profiles.AddRange(((string[])["ai", "dataset"]).Where(p => withProfiles && notClaimed.All(n => n.Profile != p)));
        document["profileConformance"] = new JsonArray([.. profiles.Order(StringComparer.Ordinal).Select(p => (JsonNode)p)]);
    }

    private void AddLineage()
    {
        if (dossier.Parents is null)
        {
            graph.Relate(Artifact, "descendantOf", [Spdx3Graph.NoAssertionElement], null, "noAssertion");
        }
        else if (dossier.Parents is { IsEmpty: true })
        {
            graph.Relate(Artifact, "descendantOf", [Spdx3Graph.NoneElement], "The training claim says that there is no parent model: trained from scratch.", "complete");
        }

        foreach (var link in inventory.Links)
        {
            var standing = link.IsAttested ? "attested" : "described, not attested";
            graph.Relate(
                packages.IdOf(link.From),
                TypeOf(link.Kind),
                [packages.IdOf(link.To)],
                $"{link.Kind.ToName()}{(link.Split is null ? "" : $", split: {link.Split}")}; {standing}");
        }
    }

    private static string TypeOf(EdgeKind kind) => kind switch
    {
        EdgeKind.DerivedFrom or EdgeKind.PackagedFrom => "descendantOf",
        EdgeKind.TrainedOn => "trainedOn",
        EdgeKind.EvaluatedWith => "testedOn",
        EdgeKind.DeployedAs => "other",
    };

    private void AddBuild()
    {
        if (dossier.Run is not { } run)
        {
            return;
        }

        var build = graph.Add("build_Build", "build");
        build["name"] = "training";
        build.AddText("comment", EvidenceProperties.SentenceOf(dossier));
        build["build_buildType"] = "https://aixv.org/buildtypes/training/v1";
        build.AddText("build_buildId", run.InvocationId);
        build.AddText("build_buildStartTime", run.StartedOn is { } started ? FactText.Of(started) : null);
        build.AddText("build_buildEndTime", run.FinishedOn is { } finished ? FactText.Of(finished) : null);
        build.AddList("build_configSourceDigest", run.CodeDigest is { } code ? [Spdx3Packages.Hash(code.Hex)] : []);
        build.AddList("build_configSourceUri", BomUris.OrNull(run.CodeUri) is { } uri ? [uri] : []);
        build.AddList("build_environment", EnvironmentOf(run));
        build.AddList("build_parameter", Spdx3Model.Entries(run.Hyperparameters));
        var id = graph.IdOf("build");
        graph.Relate(id, "hasInput", inventory.Links
            .Where(l => l.From.Id == inventory.Artifact.Id && l.Kind is EdgeKind.DerivedFrom or EdgeKind.TrainedOn)
            .Select(l => packages.IdOf(l.To))
            .Concat(inventory.Code is { } source ? [packages.IdOf(source)] : []));
        graph.Relate(id, "hasOutput", [Artifact]);
        graph.Relate(id, "usesTool", new[] { inventory.Framework, inventory.Environment }.OfType<InventoryItem>().Select(packages.IdOf));
        if (dossier.Training?.Bundle?.Signature.Signer is { } signer)
        {
            var agent = graph.Add("SoftwareAgent", "signer");
            agent["name"] = signer.Subject;
            agent.AddText("comment", signer.Issuer is { } issuer ? $"The identity that signed the training claim, vouched for by {issuer}." : "The key that signed the training claim.");
            graph.Relate(id, "invokedBy", [graph.IdOf("signer")]);
        }
    }

    private static IEnumerable<JsonObject> EnvironmentOf(TrainingFacts run)
    {
        if (run.EnvironmentDigest is { } digest)
        {
            yield return Spdx3Model.Entry("environment_digest", digest.ToString());
        }

        if (run.EnvironmentUri is { } uri)
        {
            yield return Spdx3Model.Entry("environment_uri", uri);
        }

        foreach (var entry in Spdx3Model.Entries(run.Compute).Concat(Spdx3Model.Entries(run.Others)))
        {
            yield return entry;
        }
    }

    /// <summary>Each bundle as a file that is evidence of the artifact; signer, log and decision as annotations.</summary>
    private void AddEvidence()
    {
        var files = new List<string>();
        foreach (var bundle in dossier.Bundles)
        {
            var part = $"bundle/{bundle.Digest.Hex}";
            var file = graph.Add("software_File", part);
            file["name"] = bundle.Location ?? $"sha256:{bundle.Digest.Hex}";
            file["summary"] = $"Sigstore bundle signed by {bundle.Signature.Signer}; verified when this document was made."
                + string.Concat(bundle.Signature.LogEntries.Select(e => $" Entry {FactText.Of(e.Index)} of the log {e.Log}."));
            file["verifiedUsing"] = new JsonArray((JsonNode)Spdx3Packages.Hash(bundle.Digest.Hex));
            file.AddList("externalRef", [new JsonObject
            {
                ["type"] = "ExternalRef",
                ["externalRefType"] = "secureSoftwareAttestation",
                ["contentType"] = bundle.MediaType,
                ["locator"] = new JsonArray((JsonNode)CycloneDxReferences.LocatorOf(bundle)),
            }]);
            file["software_primaryPurpose"] = "evidence";
            files.Add(graph.IdOf(part));
        }

        graph.Relate(Artifact, "hasEvidence", files);
        foreach (var (name, value) in EvidenceProperties.Of(dossier).Concat(EvidenceProperties.OfPackage(dossier)))
        {
            graph.Annotate(Artifact, $"{name}: {value}");
        }
    }

    private void AddAdvisory(AdvisoryFacts advisory)
    {
        var said = advisory.Advisory;
        var part = $"advisory/{NameUuid.Of(NameUuid.Exports, said.Id):D}";
        var vulnerability = graph.Add("security_Vulnerability", part);
        vulnerability["name"] = said.Id;
        vulnerability["description"] = string.Join("\n", [$"{said.ReasonCode} ({said.Severity.ToWord()}, {said.Class.ToWord()})", .. said.RecommendedActions]);
        vulnerability.AddText("security_modifiedTime", advisory.LastSeen is { } last ? FactText.Of(last) : null);
        vulnerability.AddText("security_publishedTime", advisory.FirstSeen is { } first ? FactText.Of(first) : null);
        vulnerability.AddText("security_withdrawnTime", said.Status == AdvisoryStatus.Withdrawn && advisory.LastSeen is { } withdrawn ? FactText.Of(withdrawn) : null);
        graph.Relate(
            Artifact,
            "hasAssociatedVulnerability",
            [graph.IdOf(part)],
            $"{said.Status.ToWord()}; {(advisory.Signer is { } signer ? $"signed by {signer}, " : "not signed verifiably, ")}{(advisory.IsTrusted ? "trusted" : "not trusted")} for advisories; {(advisory.IsCertain ? "certainly about this artifact" : "not every step to this artifact is attested")}");
    }
}
