using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Attestations;

/// <summary>OpenSSF Model Signing 1.0: the statement over the artifact's files.</summary>
internal sealed class OmsStatementExporter() : StatementExporter(Describe("oms-statement", "OpenSSF Model Signing", "1.0", ExportNeeds.None, ".oms.json"))
{
    protected override string PredicateType => ModelSigning.Type;

    public override IReadOnlyList<string> Missing(Dossier dossier) =>
        ModelSigning.Own(dossier) is null ? [.. NeedsCheck.Missing(ExportNeeds.Files, dossier)] : [];

    protected override JsonNode Build(Dossier dossier) => ModelSigning.Of(dossier);

    /// <summary>A statement that was made before is given as it was made.</summary>
    protected override void WriteDocument(Dossier dossier, Stream output)
    {
        if (ModelSigning.Own(dossier) is { } own)
        {
            output.Write(own.Bytes.Span);
        }
        else
        {
            base.WriteDocument(dossier, output);
        }
    }

    public override IEnumerable<string> Faults(DocumentProbe document) =>
        [.. base.Faults(document), .. ModelSigning.StatementFaults(document.JsonObject!)];

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate) => ModelSigning.PredicateFaults(predicate);
}
