using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Graphs;

namespace Aixv.Export.Catalogs;

/// <summary>MLDCAT-AP 3.0.0 in Turtle. A dataset is only named where its publisher declares what the profile asks of every dataset.</summary>
internal sealed class MldcatApExporter() : TextExporter(
    new("mldcat-ap", "MLDCAT-AP", "3.0.0", "text/turtle", ".mldcat.ttl", ExportCategory.Catalog) { Needs = ExportNeeds.Metadata })
{
    private const string It6 = "http://data.europa.eu/it6/";

    public override IReadOnlyList<string> Missing(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var missing = base.Missing(dossier).ToList();
        if (dossier.Artifact.Version is not { Length: > 0 })
        {
            missing.Add("the artifact's version");
        }

        if (!Datasets(dossier).Any())
        {
            missing.Add("a dataset whose description and date of collection are declared (--meta FILE)");
        }

        return missing;
    }

    private static IEnumerable<ReferenceFacts> Datasets(Dossier dossier) => (dossier.Datasets ?? [])
        .Where(d => d is { Declared: { Description: not null, CollectedAt: not null } } && SchemaOrg.Id(d) is not null)
        .DistinctBy(SchemaOrg.Id);

    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        foreach (var (prefix, uri) in new[]
        {
            ("dcat", "http://www.w3.org/ns/dcat#"), ("dct", "http://purl.org/dc/terms/"), ("foaf", "http://xmlns.com/foaf/0.1/"), ("it6", It6), ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
            ("skos", "http://www.w3.org/2004/02/skos/core#"), ("spdx", "http://spdx.org/rdf/terms#"), ("xsd", "http://www.w3.org/2001/XMLSchema#"),
        })
        {
            writer.WriteLine($"@prefix {prefix}: <{uri}> .");
        }

        WriteModel(dossier, writer);
        WriteFile(dossier, writer);
        foreach (var dataset in Datasets(dossier))
        {
            WriteDataset(writer, dataset);
        }

        foreach (var parent in Parents(dossier))
        {
            Thing(writer, $"<urn:sha256:{parent.Digest!.Hex}>", "it6:MachineLearningModel", [("dct:identifier", Text($"urn:sha256:{parent.Digest.Hex}")), ("dct:title", Text(parent.Label))]);
        }

        if (Uris.WebOrNull(Licence(dossier)) is { } licence)
        {
            Thing(writer, $"<{licence}>", "dct:LicenseDocument", []);
        }

        if (EvidencePointer.Of(dossier) is { } evidence)
        {
            Thing(writer, $"<urn:sha256:{evidence.Digest.Hex}>", "foaf:Document",
                [("dct:title", Text("Signed evidence (Sigstore bundle)")), ("dct:identifier", Text(evidence.Location)), ("rdfs:comment", evidence.LogIndex is { } index ? Text($"log index {index}") : null)]);
        }
    }

    private static string? Licence(Dossier dossier) => LicenceExpression.IdOrNull(dossier.Declared.Licence) is { } id ? $"https://spdx.org/licenses/{id}" : Uris.WebOrNull(dossier.Declared.Licence);

    private static IEnumerable<ReferenceFacts> Parents(Dossier dossier) => (dossier.Parents ?? []).Where(p => p.Digest is not null).DistinctBy(p => p.Digest);

    private static void WriteModel(Dossier dossier, TextWriter writer)
    {
        var (artifact, declared) = (dossier.Artifact, dossier.Declared);
        var created = dossier.Run?.FinishedOn ?? declared.ReleasedAt ?? dossier.Time;
        var authors = SchemaOrg.Authors(declared).Select(a => $"[ a foaf:Agent ; foaf:name {Text(a.Name)} ]");
        Thing(writer, $"<{artifact.Urn}>", "it6:MachineLearningModel",
        [
            ("dct:identifier", Text(artifact.Urn)),
            ("dct:title", Text(artifact.Name)),
            ("it6:version", Text(artifact.Version)),
            ("dct:created", $"\"{created.ToRfc3339()}\"^^xsd:dateTime"),
            ("dct:description", Text(declared.Description)),
            ("it6:releaseDate", declared.ReleasedAt is { } released ? $"\"{released.ToDate()}\"^^xsd:date" : null),
            ("it6:intendedUse", Text(declared.IntendedUse)),
            ("it6:limitations", Text(declared.Limitations)),
            ("it6:modelArchitecture", Text(declared.Architecture ?? declared.ArchitectureFamily)),
            ("dct:license", Uris.WebOrNull(Licence(dossier)) is { } licence ? $"<{licence}>" : null),
            .. authors.Select(author => ("dct:creator", (string?)author)),
            .. Datasets(dossier).Select(d => ("it6:trainedOn", (string?)$"<{SchemaOrg.Id(d)}>")),
            .. Parents(dossier).Take(1).Select(p => ("it6:fineTunedFrom", (string?)$"<urn:sha256:{p.Digest!.Hex}>")),
            ("it6:hasFile", $"<{artifact.Urn}#file>"),
            ("rdfs:seeAlso", EvidencePointer.Of(dossier) is { } evidence ? $"<urn:sha256:{evidence.Digest.Hex}>" : null),
            ("rdfs:comment", Text(SchemaOrg.Standing)),
        ]);
    }

    private static void WriteFile(Dossier dossier, TextWriter writer)
    {
        var artifact = dossier.Artifact;
        var place = Uris.AbsoluteOrNull(dossier.Declared.DownloadLocation) ?? artifact.Locator;
        Thing(writer, $"<{artifact.Urn}#file>", "it6:File",
        [
            ("dct:identifier", Text(artifact.Urn)),
            ("dct:title", Text(artifact.Name)),
            ("dct:format", $"[ a skos:Concept ; skos:prefLabel {Text(dossier.Declared.Format ?? artifact.MediaType ?? "application/octet-stream")} ]"),
            ("it6:url", place == artifact.Urn ? $"<{artifact.Urn}#place>" : $"<{place}>"),
            ("spdx:checksum", $"[ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; spdx:checksumValue \"{artifact.Digest.Hex}\"^^xsd:hexBinary ]"),
        ]);
        Thing(writer, place == artifact.Urn ? $"<{artifact.Urn}#place>" : $"<{place}>", "dcat:Resource", []);
        Thing(writer, "spdx:checksumAlgorithm_sha256", "spdx:ChecksumAlgorithm", []);
    }

    private static void WriteDataset(TextWriter writer, ReferenceFacts dataset)
    {
        var declared = dataset.Declared!;
        Thing(writer, $"<{SchemaOrg.Id(dataset)}>", "dcat:Dataset",
        [
            ("dct:identifier", Text(SchemaOrg.Id(dataset))),
            ("dct:title", Text(dataset.Label)),
            ("dct:description", Text(declared.Description)),
            ("it6:collectionDate", $"\"{declared.CollectedAt!.Value.ToDate()}\"^^xsd:date"),
            ("dct:issued", declared.PublishedAt is { } issued ? $"\"{issued.ToDate()}\"^^xsd:date" : null),
            ("dct:creator", declared.Creator is { } creator ? $"[ a foaf:Agent ; foaf:name {Text(creator.Name)} ]" : null),
            ("dcat:landingPage", Uris.WebOrNull(declared.Url) is { } page ? $"<{page}>" : null),
            ("it6:dataProvenance", Text(dataset.Split is null ? null : $"split {dataset.Split}")),
        ]);
        if (Uris.WebOrNull(declared.Url) is { } landing)
        {
            Thing(writer, $"<{landing}>", "foaf:Document", []);
        }
    }

    private static void Thing(TextWriter writer, string id, string type, IEnumerable<(string Predicate, string? Value)> properties)
    {
        writer.WriteLine();
        writer.Write($"{id} a {type}");
        foreach (var (predicate, value) in properties)
        {
            if (value is not null)
            {
                writer.Write($" ;\n  {predicate} {value}");
            }
        }

        writer.WriteLine(" .");
    }

    private static string? Text(string? text) => text is { Length: > 0 } ? ProvNExporter.Quoted(text) : null;

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text is { } text && TurtleReading.Declares(text, It6);
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return TurtleReading.Faults(document.Text!);
    }
}
