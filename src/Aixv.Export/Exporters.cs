using System.Collections.Immutable;
using Aixv.Export.Assessments;
using Aixv.Export.Attestations;
using Aixv.Export.Boms;
using Aixv.Export.Catalogs;
using Aixv.Export.Findings;
using Aixv.Export.Formats;
using Aixv.Export.Governance;
using Aixv.Export.Graphs;
using Aixv.Export.Operations;
using Aixv.Export.Reports;

namespace Aixv.Export;

/// <summary>Every export format, in the order of the documentation: one line each.</summary>
public static class Exporters
{
    public static ImmutableArray<Exporter> All { get; } =
    [
        // Attestations
        new OmsStatementExporter(),
        new OmsBundleExporter(),
        new SlsaProvenanceV1Exporter(),
        new SlsaProvenanceV02Exporter(),
        new SlsaVsaExporter(),
        new InTotoSvrExporter(),
        new InTotoReleaseExporter(),
        new InTotoScaiExporter(),
        new InTotoReferenceExporter(),
        new InTotoTestResultExporter(),
        new InTotoVulnsExporter(),
        new InTotoLinkExporter(),
        new InTotoStatementExporter(),
        new SigstoreBundleExporter(),
        new DsseExporter(),
        new TlogProofExporter(),
        new ScittTransparentStatementExporter(),
        new ScittSignedStatementExporter(),
        new CoseReceiptExporter(),
        new W3cCredentialExporter(),
        new NativeExporter(),

        // Boms
        new CycloneDxAttestationsExporter(),
        new CycloneDxVexExporter(),
        new CycloneDxMlBomExporter("1.6", "ml-bom"),
        new CycloneDxMlBomExporter("1.7"),
        new CycloneDxJsonExporter("1.6"),
        new CycloneDxJsonExporter("1.7"),
        new CycloneDxXmlExporter("1.6"),
        new CycloneDxXmlExporter("1.7"),
        new CycloneDxProtobufExporter("1.6"),
        new CycloneDxProtobufExporter("1.7"),
        new SpdxJsonExporter(),
        new SpdxTagExporter(),
        new SpdxRdfExporter(),
        new Spdx3Exporter(withProfiles: true),
        new Spdx3Exporter(withProfiles: false),

        // Findings
        new OpenVexExporter(),
        new CsafVexExporter(),
        new OsvExporter(),
        new SarifExporter(),
        new AttackNavigatorExporter(),
        new AtlasNavigatorExporter(),
        new AtlasCaseStudyExporter(),
        new StixExporter(),
        new MispEventExporter(),

        // Governance
        new OscalResultsExporter(),
        new NistAiRmfExporter(),
        new OscalComponentDefinitionExporter(),
        new AssessmentExporter(EuAiActAnnexIv.Value, ".annex-iv.json"),
        new AssessmentExporter(EuAiActAnnexXi.Value, ".annex-xi.json"),
        new AssessmentExporter(Iso42001.Value, ".iso-42001.json"),
        new Iso42001CsvExporter(),

        // Graphs
        new ProvJsonExporter(),
        new ProvNExporter(),
        new ProvTurtleExporter(),
        new ProvJsonLdExporter(),
        new OpenLineageExporter(),
        new RoCrateExporter(),
        new GraphmlExporter(),
        new GexfExporter(),
        new DotExporter(),
        new MermaidExporter(),
        new CytoscapeExporter(),
        new JgfExporter(),
        new EdgesCsvExporter(),
        new EdgesNdjsonExporter(),

        // Catalogs
        new Croissant10Exporter(),
        new Croissant11Exporter(),
        new HfModelCardExporter(),
        new ModelPackConfigExporter(),
        new ModelPackManifestExporter(),
        new OciManifestExporter(),
        new OciReferrersExporter(),
        new MlflowModelExporter(),
        new Fair4MlExporter(),
        new SchemaOrgExporter(),
        new GoogleModelCardExporter(),
        new CitationCffExporter(),
        new DataCiteExporter(),
        new CodemetaExporter(),
        new MldcatApExporter(),

        // Reports
        new HtmlReportExporter(),
        new MarkdownSummaryExporter(),

        // Operations
        new JunitExporter(),
        new CloudEventsExporter(),
        new ClusterImagePolicyExporter(),
        new ModelValidationExporter(),
        new OpenMetricsExporter(),
    ];

    /// <summary>The format of this id or alias, or null.</summary>
    public static Exporter? Find(string id)
    {
        foreach (var exporter in All)
        {
            if (exporter.Format.Id == id || exporter.Format.Aliases.Contains(id))
            {
                return exporter;
            }
        }

        return null;
    }

    /// <summary>The formats that a document seems to be of, the most special first.</summary>
    public static IEnumerable<Exporter> Recognize(DocumentProbe document) => All.Where(exporter => exporter.Recognizes(document));

    /// <summary>The same for documents that no format recognises: another version of a standard that is known.</summary>
    public static OtherVersion? RecognizeOther(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Boms.OtherBills.Read(document) ?? Findings.OtherOpenVex.Read(document);
    }
}
