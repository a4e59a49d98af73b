using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Advisories;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Attestations;

/// <summary>in-toto Vulnerabilities v0.2: the advisories about the artifact as the findings of a look at the store.</summary>
internal sealed class InTotoVulnsExporter() : StatementExporter(Describe("in-toto-vulns", "in-toto Vulnerabilities", "v0.2", ExportNeeds.AdvisoryCheck, ".vulns.json"))
{
    private const string Type = "https://in-toto.io/attestation/vulns/v0.2";

    protected override string PredicateType => Type;

    protected override JsonNode Build(Dossier dossier)
    {
        // The store as it was when it was looked at: its latest record, else the look itself.
        var database = new JsonObject { ["lastUpdate"] = Rfc3339.Format(dossier.Advisories.Max(a => a.LastSeen) ?? dossier.Time) };
        Descriptors.Add(database, "uri", Uris.AbsoluteOrNull(dossier.AdvisoryFeed));
        return About(dossier, Type, new JsonObject
        {
            ["scanner"] = new JsonObject
            {
                ["uri"] = Tool.Uri(dossier),
                ["version"] = dossier.ToolVersion,
                ["db"] = database,
                ["result"] = new JsonArray([.. dossier.Advisories.Where(a => a.Advisory.Status != AdvisoryStatus.Withdrawn).Select(Result)]),
            },
            ["metadata"] = new JsonObject { ["scanStartedOn"] = Rfc3339.Format(dossier.Time), ["scanFinishedOn"] = Rfc3339.Format(dossier.Time) },
        });
    }

    private static JsonObject Result(AdvisoryFacts found)
    {
        var annotations = new JsonObject
        {
            ["status"] = found.Advisory.Status.ToWord(),
            ["reasonCode"] = found.Advisory.ReasonCode,
            ["class"] = found.Advisory.Class.ToWord(),
            ["issuerIsTrusted"] = found.IsTrusted,
            ["reachIsCertain"] = found.IsCertain,
        };
        Descriptors.Add(annotations, "issuer", found.Signer?.Subject);
        if (!found.Advisory.RecommendedActions.IsEmpty)
        {
            annotations["recommendedActions"] = new JsonArray([.. found.Advisory.RecommendedActions.Select(action => (JsonNode)action)]);
        }

        if (!found.Path.IsEmpty)
        {
            annotations["path"] = new JsonArray([.. found.Path.Select(step => (JsonNode)new JsonObject { ["from"] = step.FromKey, ["relation"] = step.Relation, ["to"] = step.ToKey })]);
        }

        return new JsonObject
        {
            ["id"] = found.Advisory.Id,
            ["severity"] = new JsonArray(new JsonObject { ["method"] = "aixv", ["score"] = found.Advisory.Severity.ToWord() }),
            ["annotations"] = new JsonArray(annotations),
        };
    }

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate) =>
    [
        .. predicate.MustHaveObject("$.predicate", "scanner", static (scanner, path) =>
        [
            .. scanner.MustHaveText(path, "uri"),
            .. scanner.MustHaveText(path, "version", required: false),
            .. scanner.MustHaveObject(path, "db", static (database, place) => database.MustHaveTime(place, "lastUpdate")),
            .. scanner.MustHaveList(path, "result", static (item, place) => item is not JsonObject result ? [$"{place}: an object is expected"] : (IEnumerable<string>)
            [
                .. result.MustHaveText(place, "id"),
                .. result.MustHaveList(place, "severity", Severity),
            ]),
        ]),
        .. predicate.MustHaveObject("$.predicate", "metadata", static (metadata, path) =>
            [.. metadata.MustHaveTime(path, "scanStartedOn"), .. metadata.MustHaveTime(path, "scanFinishedOn")]),
    ];

    private static IEnumerable<string> Severity(JsonNode? item, string path) => item is JsonObject severity
        ? [.. severity.MustHaveText(path, "method"), .. severity.MustHaveText(path, "score")]
        : [$"{path}: an object is expected"];
}
