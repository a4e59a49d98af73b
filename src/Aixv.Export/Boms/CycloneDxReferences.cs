using System.Buffers;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Boms;

/// <summary>The pointers of a CycloneDX bill: to the signed evidence, to pages and places.</summary>
internal static class CycloneDxReferences
{
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static IEnumerable<JsonObject> Of(Dossier dossier)
    {
        foreach (var bundle in dossier.Bundles)
        {
            yield return Attestation(bundle);
        }

        foreach (var bundle in dossier.Bundles)
        {
            for (var i = 0; i < bundle.Signature.LogEntries.Length; i++)
            {
                var entry = bundle.Signature.LogEntries[i];
                yield return Reference(
                    "evidence",
                    $"{LocatorOf(bundle)}#/verificationMaterial/tlogEntries/{FactText.Of(i)}",
                    $"Entry {FactText.Of(entry.Index)} of the log {entry.Log}{(entry.IntegratedTime is { } time ? $", integrated {FactText.Of(time)}" : "")}.");
            }
        }

        (string Type, string? Url)[] places =
        [
            ("distribution", BomUris.OrNull(dossier.Artifact.Uri)),
            ("distribution", BomUris.OrNull(dossier.Declared.DownloadLocation)),
            ("website", BomUris.OrNull(dossier.Declared.Homepage)),
            ("model-card", ModelCardOf(dossier)),
            ("advisories", BomUris.OrNull(dossier.AdvisoryFeed)),
        ];
        foreach (var (type, url) in places.Where(p => p.Url is not null).Distinct())
        {
            yield return Reference(type, url!, null);
        }
    }

    /// <summary>The bundle with its digest.</summary>
    public static JsonObject Attestation(BundleFacts bundle)
    {
        var what = bundle.Signature.PredicateType is { } type ? $"a statement of {type}" : "the artifact's bytes";
        var reference = Reference("attestation", LocatorOf(bundle), $"Sigstore bundle ({bundle.MediaType}) over {what}, signed by {bundle.Signature.Signer}; verified when this document was made.");
        reference["hashes"] = CycloneDxParts.Hashes(bundle.Digest);
        return reference;
    }

    /// <summary>A URI of the bundle in any case: where it is, or its file's name, else <c>urn:sha256:HEX</c>.</summary>
    public static string LocatorOf(BundleFacts bundle) =>
        bundle.Location is not { Length: > 0 } location ? $"urn:sha256:{bundle.Digest.Hex}"
        : Uris.IsAbsolute(location) && !location.Contains('#', StringComparison.Ordinal) ? location
        : location.AsSpan().ContainsAnyExcept(PathCharacters) ? $"urn:sha256:{bundle.Digest.Hex}" : location;

    /// <summary>The page that the training claim names.</summary>
    private static string? ModelCardOf(Dossier dossier) =>
        dossier.Training?.Predicate?["metadata"] is JsonObject metadata && metadata["model_card"] is JsonValue value && value.TryGetValue<string>(out var url)
            ? Uris.WebOrNull(url) : null;

    private static JsonObject Reference(string type, string url, string? comment)
    {
        var reference = new JsonObject { ["type"] = type, ["url"] = url };
        reference.AddText("comment", comment);
        return reference;
    }
}
