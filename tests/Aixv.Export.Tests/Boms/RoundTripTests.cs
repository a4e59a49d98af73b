using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Importing;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Tests.Boms;

/// <summary>What is exported and imported again says the same of parents, datasets and the run, and exports the same again.</summary>
public sealed class RoundTripTests
{
    private static readonly string[] Formats =
    [
        "cyclonedx-1.6-json", "cyclonedx-1.7-mlbom", "cyclonedx-1.6-xml", "cyclonedx-1.7-protobuf", "spdx-2.3-json", "spdx-2.3-tag", "spdx-3.0.1-jsonld", "spdx-3.0.1-ai",
    ];

    public static TheoryData<string, string> Every
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var format in Formats)
            {
                foreach (var sample in (string[])[Samples.Full, Samples.Scratch, Samples.Uris, Samples.Recalled])
                {
                    data.Add(format, sample);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Every))]
    public void Parents_datasets_and_run_come_back(string format, string sample)
    {
        var original = Samples.Dossier(sample);
        var again = Reimport(format, sample);
        Assert.Equal(Describe(original.Parents), Describe(again.Parents));
        Assert.Equal(Describe(original.Datasets), Describe(again.Datasets));
        Assert.Equal(Describe(original.Run), Describe(again.Run));
    }

    [Theory, MemberData(nameof(Every))]
    public void The_second_import_says_what_the_first_said(string format, string sample)
    {
        var again = Reimport(format, sample);
        using var output = new MemoryStream();
        Exporters.Find(format)!.Write(again, output);
        var third = DossierOf(EvidenceReaders.Read(new DocumentProbe(output.ToArray(), null)));
        Assert.Equal(Describe(again.Parents), Describe(third.Parents));
        Assert.Equal(Describe(again.Datasets), Describe(third.Datasets));
        Assert.Equal(Describe(again.Run), Describe(third.Run));
    }

    [Theory, MemberData(nameof(Every))]
    public void What_is_imported_is_described_and_exports_validly(string format, string sample)
    {
        var again = Reimport(format, sample);
        Assert.Null(again.Training!.Bundle);
        using var output = new MemoryStream();
        var exporter = Exporters.Find(format)!;
        exporter.Write(again, output);
        Assert.Empty(exporter.Faults(new DocumentProbe(output.ToArray(), null)));
    }

    [Fact]
    public void Hostile_documents_import_without_failing()
    {
        foreach (var format in Formats)
        {
            var evidence = EvidenceReaders.Read(new DocumentProbe(ExportedBytes.Of(format, Samples.Hostile), null));
            Assert.Single(evidence.Statements);
            Assert.Equal(3, evidence.Statements[0].Statement["predicate"]!["parent_models"]!.AsArray().Count);
        }
    }

    private static Dossier Reimport(string format, string sample) =>
        DossierOf(EvidenceReaders.Read(new DocumentProbe(ExportedBytes.Of(format, sample), null), Samples.Dossier(sample).Artifact.Digest));

    private static Dossier DossierOf(ImportedEvidence evidence)
    {
        var statement = Assert.Single(evidence.Statements);
        return DossierBuilder.Build(new DossierInput
        {
            Artifact = new ArtifactFacts(statement.Artifact, "model.safetensors"),
            ToolVersion = "0.1.0",
            Time = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Attestations = [AttestationFacts.OfUnsigned(statement.Statement, null, null)],
            Lineage = LineageTrust.Of(new LineageGraphBuilder().Build(), _ => false),
            TrustsForAdvisories = _ => false,
        });
    }

    private static List<string>? Describe(IEnumerable<ReferenceFacts>? references) => references?
        .Select(r => $"{r.Digest} {r.Uri} {r.Name} {r.Split} {r.Relation}").Order(StringComparer.Ordinal).ToList();

    private static string Describe(TrainingFacts? run)
    {
        if (run is null)
        {
            return "";
        }

        // Compute and other members of the run share a place in some formats.
        var values = run.Hyperparameters.Concat(run.Compute).Concat(run.Others).Select(v => $"{v.Key}={TextOf(v.Value)}").Order(StringComparer.Ordinal);
        return string.Join('\n',
        [
            run.Framework, run.FrameworkVersion, run.CodeDigest?.ToString(), run.CodeUri, run.EnvironmentDigest?.ToString(), run.EnvironmentUri,
            run.StartedOn?.ToString("O"), run.FinishedOn?.ToString("O"), run.InvocationId, .. values,
        ]);
    }

    private static string TextOf(JsonNode? value) => FactText.Of(value);
}
