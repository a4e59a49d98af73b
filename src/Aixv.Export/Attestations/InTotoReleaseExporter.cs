using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;

namespace Aixv.Export.Attestations;

/// <summary>in-toto Release v0.2: which files a named version of a package is made of.</summary>
internal sealed class InTotoReleaseExporter() : StatementExporter(Describe("in-toto-release", "in-toto Release", "v0.2", ExportNeeds.None, ".release.json"))
{
    private const string Type = "https://in-toto.io/attestation/release/v0.2";

    protected override string PredicateType => Type;

    public override IReadOnlyList<string> Missing(Dossier dossier) =>
        HasVersion(dossier.Artifact.Purl) ? base.Missing(dossier) : [.. base.Missing(dossier), "where the artifact is released, as a package with its version (--uri hf://ORG/NAME@REVISION)"];

    protected override JsonNode Build(Dossier dossier)
    {
        var statement = About(dossier, Type, new JsonObject { ["purl"] = dossier.Artifact.Purl });
        var subjects = statement["subject"]!.AsArray();
        foreach (var file in dossier.Files.Where(f => f.Digest != dossier.Artifact.Digest))
        {
            subjects.Add((JsonNode)new StatementSubject(file.Name, file.Digest).ToJson());
        }

        return statement;
    }

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate)
    {
        if (predicate.Text("purl") is not { } purl || !purl.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase))
        {
            yield return "$.predicate.purl: a package URL is expected";
        }
        else if (!HasVersion(purl))
        {
            yield return "$.predicate.purl: the package URL must have a version";
        }

        foreach (var fault in predicate.MustHaveText("$.predicate", "packageId", required: false))
        {
            yield return fault;
        }
    }

    /// <summary>Whether an <c>@</c> stands after the last slash of the path, qualifiers and subpath left aside.</summary>
    private static bool HasVersion(string? purl)
    {
        var path = purl?.Split('#')[0].Split('?')[0] ?? "";
        return path.IndexOf('@', path.LastIndexOf('/') + 1) is > 0 and var at && at + 1 < path.Length;
    }
}
