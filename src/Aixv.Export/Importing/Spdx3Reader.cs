using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>SPDX 3.0 JSON-LD: what the root package descends from, was trained on, and the build that made it.</summary>
internal sealed class Spdx3Reader() : EvidenceReader("spdx-3.0.1-jsonld")
{
    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject is { } root && Spdx3Rules.IsOf(root);
    }

    public override ImportedEvidence Read(DocumentProbe document, Digest? artifact)
    {
        ArgumentNullException.ThrowIfNull(document);
        var bill = new Spdx3Bill(document.JsonObject!);
        var notes = new List<string>();
        var main = bill.MainOf(artifact);
        var name = CycloneDxBill.Text(main["name"]) ?? "";
        var training = new ImportedTraining
        {
            Subjects = [new StatementSubject(name, BillSubject.Of(Spdx3Bill.DigestOf(main), artifact, name, notes))],
            Parents = ParentsOf(bill, main),
            Datasets = DatasetsOf(bill, main),
            Run = RunOf(bill, main),
        };
        AddNotes(bill, main, notes);
        return new ImportedEvidence(Format)
        {
            Statements = training.IsEmpty ? [] : [training.ToStatement(Format, document)],
            Notes = training.IsEmpty ? [.. notes, "The document says nothing of parents, datasets or training; nothing is imported."] : [.. notes],
        };
    }

    private static ImmutableArray<ReferenceFacts>? ParentsOf(Spdx3Bill bill, JsonObject main)
    {
        var ends = bill.Related(main, "descendantOf").Concat(bill.RelatedBack(main, "ancestorOf")).ToList();
        ImmutableArray<ReferenceFacts> parents = [.. ends.Select(e => bill.Find(e.Id)).OfType<JsonObject>().Select(Spdx3Bill.ReferenceOf)];
        return parents.IsEmpty && ends.All(e => e.Id != Spdx3Graph.NoneElement) ? default(ImmutableArray<ReferenceFacts>?) : parents;
    }

    private static ImmutableArray<ReferenceFacts>? DatasetsOf(Spdx3Bill bill, JsonObject main)
    {
        ImmutableArray<ReferenceFacts> datasets =
        [
            .. bill.Related(main, "trainedOn").Select(e => (Package: bill.Find(e.Id), e.Comment)).Where(e => e.Package is not null).Select(e =>
                Spdx3Bill.ReferenceOf(e.Package!) is var reference ? reference with { Split = reference.Split ?? SplitOf(e.Comment) } : reference),
        ];
        return datasets.IsEmpty ? default(ImmutableArray<ReferenceFacts>?) : datasets;
    }

    private static string? SplitOf(string comment) =>
        comment.IndexOf("split: ", StringComparison.Ordinal) is >= 0 and var at && comment[(at + 7)..].Split(';')[0].Trim() is { Length: > 0 } split ? split : null;

    private static TrainingFacts? RunOf(Spdx3Bill bill, JsonObject main)
    {
        var build = bill.RelatedBack(main, "hasOutput").Concat(bill.RelatedBack(main, "generates")).Select(e => bill.Find(e.Id)).OfType<JsonObject>()
            .FirstOrDefault(e => CycloneDxBill.Text(e["type"]) == "build_Build");
        var hyperparameters = Spdx3Bill.Entries(build?["build_parameter"] ?? main["ai_hyperparameter"]);
        if (build is null)
        {
            return hyperparameters.Count == 0 ? null : new TrainingFacts { Hyperparameters = hyperparameters };
        }

        var tools = bill.Related(build, "usesTool").Select(e => bill.Find(e.Id)).OfType<JsonObject>().ToList();
        var framework = tools.FirstOrDefault(t => CycloneDxBill.Text(t["software_primaryPurpose"]) is "framework" or "library");
        var container = tools.FirstOrDefault(t => CycloneDxBill.Text(t["software_primaryPurpose"]) == "container");
        var environment = Spdx3Bill.Entries(build["build_environment"]);
        environment.Remove("environment_digest");
        environment.Remove("environment_uri");
        return new TrainingFacts
        {
            Framework = CycloneDxBill.Text(framework?["name"]),
            FrameworkVersion = CycloneDxBill.Text(framework?["software_packageVersion"]),
            CodeDigest = CycloneDxBill.Items(build["build_configSourceDigest"]).Where(h => CycloneDxBill.Text(h["algorithm"]) == "sha256")
                .Select(h => BillSubject.DigestOrNull(CycloneDxBill.Text(h["hashValue"]))).FirstOrDefault(d => d is not null),
            CodeUri = (build["build_configSourceUri"] as JsonArray ?? []).Select(CycloneDxBill.Text).FirstOrDefault(u => u is not null),
            EnvironmentDigest = container is null ? null : Spdx3Bill.DigestOf(container),
            EnvironmentUri = container is null ? null : Spdx3Bill.ReferenceOf(container) is { } place ? place.Uri ?? (place.Name == "training environment" ? null : place.Name) : null,
            Hyperparameters = hyperparameters,
            Others = environment,
            InvocationId = CycloneDxBill.Text(build["build_buildId"]),
            StartedOn = SpdxReader.TimeOf(CycloneDxBill.Text(build["build_buildStartTime"])),
            FinishedOn = SpdxReader.TimeOf(CycloneDxBill.Text(build["build_buildEndTime"])),
        };
    }

    private static void AddNotes(Spdx3Bill bill, JsonObject main, List<string> notes)
    {
        foreach (var type in (string[])["hasDeclaredLicense", "hasConcludedLicense"])
        {
            foreach (var licence in bill.Related(main, type).Select(e => bill.Find(e.Id)).OfType<JsonObject>().Select(l => CycloneDxBill.Text(l["simplelicensing_licenseExpression"])).OfType<string>())
            {
                notes.Add($"Not imported: {type} ({BillSubject.Shorten(licence)}).");
            }
        }

        string[] members = ["suppliedBy", "originatedBy", "releaseTime", "description", "software_packageVersion", "ai_metric", "ai_limitation", "ai_informationAboutApplication", "ai_typeOfModel"];
        var described = members.Where(m => main[m] is not null).ToList();
        if (described.Count > 0)
        {
            notes.Add($"Not imported: what the document says of the artifact itself ({string.Join(", ", described)}).");
        }

        var vulnerabilities = bill.Related(main, "hasAssociatedVulnerability").Count();
        if (vulnerabilities > 0)
        {
            notes.Add($"Not imported: {FactText.Of(vulnerabilities)} vulnerabilities: an advisory needs an issuer who signs it.");
        }
    }
}
