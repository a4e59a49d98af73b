using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Catalogs;

/// <summary>Croissant 1.1: with provenance in the terms of PROV.</summary>
internal sealed class Croissant11Exporter() : CroissantExporter("1.1")
{
    protected override IEnumerable<(string Term, string Iri)> Terms => [.. Common, ("prov", "http://www.w3.org/ns/prov#"), .. Named("arrayShape", "containedIn", "isArray")];

    /// <summary>What the dataset itself was made from, where the lineage tells.</summary>
    protected override void Extend(JsonObject document, ReferenceFacts dataset, Dossier dossier)
    {
        var parents = dossier.Lineage.Edges.Where(edge => edge.ChildKey == dataset.Key);
        document.With("prov:wasDerivedFrom", parents.Select(edge => (JsonNode?)new JsonObject { ["@type"] = "prov:Entity" }
            .With("@id", edge.ParentDigest is { } digest ? $"urn:sha256:{digest.Hex}" : Uris.AbsoluteOrNull(edge.ParentUri))
            .With("prov:label", edge.ParentUri ?? edge.ParentKey)).ToJsonArray());
    }
}
