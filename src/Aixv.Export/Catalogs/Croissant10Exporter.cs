using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Catalogs;

/// <summary>Croissant 1.0.</summary>
internal sealed class Croissant10Exporter() : CroissantExporter("1.0")
{
    protected override IEnumerable<(string Term, string Iri)> Terms => Common;

    protected override void Extend(JsonObject document, ReferenceFacts dataset, Dossier dossier)
    {
    }
}
