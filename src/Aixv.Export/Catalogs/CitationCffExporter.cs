using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Catalogs;

/// <summary>Citation File Format 1.2.0. An author who is not known is the format's <c>anonymous</c>.</summary>
internal sealed partial class CitationCffExporter() : YamlExporter(
    new("citation-cff", "Citation File Format", "1.2.0", "application/yaml", ".cff", ExportCategory.Catalog) { FileName = "CITATION.cff" })
{
    protected override JsonObject Build(Dossier dossier)
    {
        var (artifact, declared) = (dossier.Artifact, dossier.Declared);
        return new JsonObject
        {
            ["cff-version"] = "1.2.0",
            ["message"] = "If you use this model, please cite it by these data, and by its digest.",
            ["type"] = "software",
            ["title"] = Text(artifact.Name),
            ["authors"] = Authors(SchemaOrg.Authors(declared)),
        }
        .With("abstract", Text(declared.Description))
        .With("version", Text(artifact.Version))
        .With("date-released", declared.ReleasedAt?.ToDate())
        .With("license", LicenceExpression.IdOrNull(declared.Licence))
        .With("license-url", Web(declared.Licence))
        .With("url", Web(declared.Homepage))
        .With("repository-artifact", Web(declared.DownloadLocation))
        .With("identifiers", Identifiers(dossier))
        .With("references", (dossier.Parents ?? []).Select(p => (JsonNode?)Reference(p, "software")).Concat((dossier.Datasets ?? []).Select(d => (JsonNode?)Reference(d, "data"))).ToJsonArray());
    }

    private static JsonArray Identifiers(Dossier dossier)
    {
        var list = new JsonArray(Other(dossier.Artifact.Digest.ToString(), "The SHA-256 digest of the model."));
        if (EvidencePointer.Of(dossier) is { } evidence)
        {
            list.Add((JsonNode)Other($"sha256:{evidence.Digest.Hex}", $"The Sigstore bundle that is the signed evidence{(evidence.LogIndex is { } index ? $", log index {index}" : "")}."));
        }

        return list;
    }

    private static JsonObject Other(string value, string description) => new() { ["type"] = "other", ["value"] = value, ["description"] = description };

    private static JsonObject Reference(ReferenceFacts reference, string type) => new JsonObject
    {
        ["type"] = type,
        ["title"] = Text(reference.Label),
        ["authors"] = Authors(reference.Declared?.Creator is { } creator ? [creator] : []),
    }
    .With("url", Web(reference.Uri))
    .With("identifiers", Identifiers(reference).ToJsonArray())
    .With("notes", reference.Split is null ? null : $"Split: {reference.Split}");

    private static IEnumerable<JsonNode?> Identifiers(ReferenceFacts reference)
    {
        if (reference.Digest is { } digest)
        {
            yield return Other(digest.ToString(), "The SHA-256 digest.");
        }

        // The format's own url takes web addresses only.
        if (Text(reference.Uri) is { } uri && Web(uri) is null && uri != reference.Label)
        {
            yield return Other(uri, "The address.");
        }
    }

    private static JsonArray Authors(IReadOnlyList<DeclaredParty> parties) => parties.Count == 0
        ? new JsonArray(new JsonObject { ["name"] = "anonymous" })
        : parties.Select(party => (JsonNode?)new JsonObject { [party.IsPerson ? "alias" : "name"] = Text(party.Name) }.With("website", Web(party.Url))).ToJsonArray();

    private static string? Text(string? text) => text is { Length: > 0 } ? text : null;

    private static string? Web(string? uri) => Uris.WebOrNull(uri) is { } web && web.StartsWith("http", StringComparison.Ordinal) ? web : null;

    protected override bool Recognizes(IReadOnlyDictionary<string, string> members) => members.ContainsKey("cff-version");

    protected override IEnumerable<string> Faults(IReadOnlyDictionary<string, string> members)
    {
        foreach (var required in new[] { "cff-version", "message", "title", "authors" })
        {
            if (!members.ContainsKey(required))
            {
                yield return $"{required} is required";
            }
        }

        if (members.TryGetValue("date-released", out var date) && !Date.IsMatch(date))
        {
            yield return "date-released: a date (YYYY-MM-DD) is expected";
        }

        if (members.TryGetValue("type", out var type) && type is not ("software" or "dataset"))
        {
            yield return "type: software or dataset is expected";
        }
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Date { get; }
}
