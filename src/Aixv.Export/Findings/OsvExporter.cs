using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Advisories;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Findings;

/// <summary>
/// OSV 1.7: a document is one advisory. Of several the gravest is the document, and the others are related to it, each whole in
/// <c>database_specific.related_records</c>.
/// </summary>
internal sealed partial class OsvExporter() : JsonExporter(
    new("osv", "Open Source Vulnerability format", "1.7.0", "application/json", ".osv.json", ExportCategory.Finding) { Needs = ExportNeeds.Advisory })
{
    protected override JsonNode Build(Dossier dossier)
    {
        var ordered = dossier.Advisories
            .OrderByDescending(a => a.IsRecall)
            .ThenByDescending(a => a.IsActive)
            .ThenByDescending(a => a.Advisory.Severity)
            .ThenBy(a => a.Advisory.Id, StringComparer.Ordinal)
            .ToList();
        var document = Record(ordered[0], dossier);
        document.With("related", ordered.Skip(1).Select(a => IdOf(a)).ToJsonArray());
        document["database_specific"]!.AsObject().With("related_records", ordered.Skip(1).Select(a => (JsonNode)Record(a, dossier)).ToJsonArray());
        return document;
    }

    /// <summary>The schema takes registered prefixes, or <c>x_</c>.</summary>
    private static string IdOf(AdvisoryFacts advisory) => $"x_{advisory.Advisory.Id}";

    private JsonObject Record(AdvisoryFacts advisory, Dossier dossier)
    {
        var said = advisory.Advisory;
        var changed = AdvisoryWords.ChangedAt(advisory, dossier);
        return new JsonObject
        {
            ["schema_version"] = Format.Version,
            ["id"] = IdOf(advisory),
            ["modified"] = Rfc3339.Format(changed),
        }
        .With("published", advisory.FirstSeen is { } first ? Rfc3339.Format(first) : null)
        .With("withdrawn", said.Status == AdvisoryStatus.Withdrawn ? Rfc3339.Format(changed) : null)
        .With("summary", said.ReasonCode)
        .With("details", AdvisoryWords.Describe(advisory))
        .With("references", References(dossier).ToJsonArray())
        .With("affected", new JsonArray(Affected(advisory, dossier)))
        .With("database_specific", new JsonObject
        {
            ["advisory_id"] = said.Id,
            ["severity"] = said.Severity.ToWord(),
            ["status"] = said.Status.ToWord(),
            ["reason_code"] = said.ReasonCode,
            ["class"] = said.Class.ToWord(),
        }
        .With("recommended_actions", said.RecommendedActions.ToJsonArray())
        .With("issuer", advisory.Signer?.ToString())
        .With("signed", advisory.Signer is not null)
        .With("trusted_here", advisory.IsTrusted)
        .With("evidence", Evidence(dossier)));
    }

    private static IEnumerable<JsonNode> References(Dossier dossier)
    {
        if (Uris.WebOrNull(dossier.AdvisoryFeed) is { } feed)
        {
            yield return new JsonObject { ["type"] = "ADVISORY", ["url"] = feed };
        }

        foreach (var bundle in AdvisoryWords.BundleUrls(dossier))
        {
            yield return new JsonObject { ["type"] = "EVIDENCE", ["url"] = bundle.Url };
        }
    }

    /// <summary>No <c>package</c>: the list of ecosystems knows no place of models.</summary>
    private static JsonObject Affected(AdvisoryFacts advisory, Dossier dossier) => new JsonObject()
        .With("versions", new JsonArray((JsonNode)(dossier.Artifact.Version ?? dossier.Artifact.Digest.ToString())))
        .With("database_specific", new JsonObject { ["name"] = dossier.Artifact.Name, ["sha256"] = dossier.Artifact.Digest.Hex }
            .With("purl", dossier.Artifact.Purl)
            .With("uri", dossier.Artifact.Uri)
            .With("impact", AdvisoryWords.ImpactOf(advisory) switch
            {
                Impact.Affected => "affected",
                Impact.NotAffected => "not_affected",
                Impact.Fixed => "fixed",
                Impact.UnderInvestigation => "under_investigation",
            })
            .With("reason_code", advisory.Advisory.ReasonCode)
            .With("recommended_actions", advisory.Advisory.RecommendedActions.ToJsonArray())
            .With("path", advisory.Path
                .Select(step => (JsonNode)new JsonObject { ["from"] = step.FromKey, ["relation"] = step.Relation, ["to"] = step.ToKey })
                .ToJsonArray())
            .With("named", advisory.Advisory.Affected.Select(target => (JsonNode)target.ToJson()).ToJsonArray()));

    private static JsonObject? Evidence(Dossier dossier) => dossier.Bundle is not { } bundle ? null : new JsonObject { ["bundle_sha256"] = bundle.Digest.Hex }
        .With("bundle", bundle.Location)
        .With("log_index", bundle.LogEntry?.LogIndex);

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Member("id") is { } id
            && Identifier.IsMatch(id)
            && document.JsonObject!.ContainsKey("modified")
            && (document.JsonObject.ContainsKey("affected") || document.JsonObject.ContainsKey("schema_version") || document.JsonObject.ContainsKey("withdrawn"));
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return JsonPlace.Check(document.JsonObject, root =>
        {
            root.Time("modified", required: true, utc: true);
            root.Time("published", utc: true);
            root.Time("withdrawn", utc: true);
            foreach (var reference in root.Objects("references"))
            {
                reference.Word("type", true, "ADVISORY", "ARTICLE", "DETECTION", "DISCUSSION", "REPORT", "FIX", "INTRODUCED", "GIT", "PACKAGE", "EVIDENCE", "WEB");
                reference.Uri("url", required: true);
            }

            foreach (var severity in root.Objects("severity"))
            {
                severity.Word("type", true, "CVSS_V2", "CVSS_V3", "CVSS_V4", "Ubuntu");
                severity.Text("score", required: true);
            }

            foreach (var affected in root.Objects("affected"))
            {
                Check(affected);
            }
        });
    }

    private static void Check(JsonPlace affected)
    {
        var package = affected.Object("package");
        package?.Text("ecosystem", required: true, notEmpty: true);
        package?.Text("name", required: true, notEmpty: true);
        foreach (var version in affected.List("versions"))
        {
            if (version.AsText() is null)
            {
                version.Fault("text is expected");
            }
        }

        foreach (var range in affected.Objects("ranges"))
        {
            var type = range.Word("type", true, "GIT", "SEMVER", "ECOSYSTEM");
            if (type == "GIT")
            {
                range.Text("repo", required: true);
            }

            var events = range.Objects("events", required: true, minimum: 1);
            if (events.Count > 0 && !events.Any(e => e.Has("introduced")))
            {
                range.Fault("an introduced event is required");
            }
        }
    }

    /// <summary>The prefixes of registered databases, by their form: letters, dashes, then the database's own id.</summary>
    [GeneratedRegex("^(x_|[A-Za-z0-9-]+-).+$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier { get; }
}
