using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Attestations;

/// <summary>in-toto Reference v0.1: where the signed evidence of the artifact is, and what else was written of it in the same run.</summary>
internal sealed class InTotoReferenceExporter() : StatementExporter(Describe("in-toto-reference", "in-toto Reference", "v0.1", ExportNeeds.Bundle, ".reference.json"))
{
    private const string Type = "https://in-toto.io/attestation/reference/v0.1";

    protected override string PredicateType => Type;

    protected override JsonNode Build(Dossier dossier) => About(dossier, Type, new JsonObject
    {
        ["attester"] = new JsonObject { ["id"] = Tool.Uri(dossier) },
        ["references"] = new JsonArray([.. dossier.Bundles.Select(Reference), .. dossier.Exports.Select(Reference)]),
    });

    /// <summary>Beside this statement: a location without a scheme is relative to it.</summary>
    private static JsonObject Reference(ExportFacts export) => new()
    {
        ["name"] = Uri.UnescapeDataString(export.Location),
        ["digest"] = Descriptors.Digests(export.Digest),
        ["mediaType"] = export.MediaType,
        ["downloadLocation"] = export.Location,
        ["annotations"] = new JsonObject { ["role"] = "export", ["format"] = export.Format },
    };

    /// <summary>A document that is nowhere else goes along: a data URI is a location that always answers.</summary>
    private static JsonObject Reference(BundleFacts bundle)
    {
        var descriptor = Descriptors.Of(bundle);
        descriptor["downloadLocation"] = Uris.AbsoluteOrNull(bundle.Location) ?? $"data:{bundle.MediaType.Replace(" ", "", StringComparison.Ordinal)};base64,{Convert.ToBase64String(bundle.Bytes.Span)}";
        return descriptor;
    }

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate) =>
    [
        .. predicate.MustHaveObject("$.predicate", "attester", static (attester, path) => attester.MustHaveUri(path, "id")),
        .. predicate.MustHaveList("$.predicate", "references", static (item, path) => item is not JsonObject reference ? [$"{path}: an object is expected"] : (IEnumerable<string>)
        [
            .. reference.MustHaveText(path, "downloadLocation"),
            .. reference.MustHaveText(path, "mediaType"),
            .. reference.MustHaveDigests(path, "digest", required: false),
        ]),
    ];
}
