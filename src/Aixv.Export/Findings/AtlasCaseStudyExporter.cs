using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Findings;

/// <summary>A case study of the ATLAS website: what advisories report of the artifact. A procedure without steps says that no attack is reported.</summary>
internal sealed partial class AtlasCaseStudyExporter() : JsonExporter(
    new("atlas-case-study", "MITRE ATLAS case study", "1.1", "application/json", ".atlas-case-study.json", ExportCategory.Finding)
    {
        Needs = ExportNeeds.Advisory,
    })
{
    public override IReadOnlyList<string> Missing(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return base.Missing(dossier) is { Count: > 0 } missing ? missing
            : Date(dossier) is null ? ["an advisory with a verified time (a signed record), which the date of an incident follows from"]
            : [];
    }

    /// <summary>Nothing says when something happened; the first verified record is the earliest that is known of it.</summary>
    private static DateTimeOffset? Date(Dossier dossier) => dossier.Advisories.Min(a => a.FirstSeen);

    protected override JsonNode Build(Dossier dossier)
    {
        var date = Date(dossier)!.Value;
        var steps = ThreatFindings.Of(dossier, atlas: true).SelectMany(group => group.Where(r => r.Advisory is not null)).ToList();
        var study = new JsonObject
        {
            ["object-type"] = "case-study",
            ["name"] = $"Advisories about {dossier.Artifact.Name}",
            ["summary"] = Summary(dossier, steps.Count > 0),
            ["incident-date"] = date.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["incident-date-granularity"] = "DATE",
            ["procedure"] = steps.Select(step => (JsonNode)new JsonObject
            {
                ["tactic"] = step.Technique.Tactic,
                ["technique"] = step.Technique.Id,
                ["description"] = step.Text,
            }).ToJsonArray(),
            ["reporter"] = AdvisoryWords.Authors(dossier),
            ["target"] = $"{dossier.Artifact.Name} ({dossier.Artifact.Digest})",
            ["actor"] = "Unknown",
        };
        if (steps.Count > 0)
        {
            study["case-study-type"] = "incident";
        }

        study.With("references", References(dossier).ToJsonArray());
        return new JsonObject
        {
            ["study"] = study,
            ["meta"] = new JsonObject
            {
                ["date-created"] = Rfc3339.Format(dossier.Time),
                ["tool"] = $"aixv {dossier.ToolVersion}",
                ["atlas-data-version"] = Techniques.AtlasVersion,
                ["advisories"] = dossier.Advisories.Select(a => a.Advisory.Id).ToJsonArray(),
            },
        };
    }

    private static string Summary(Dossier dossier, bool isAttack) => string.Join(' ', [
        .. dossier.Advisories.Select(a => $"{a.Advisory.Id}: {AdvisoryWords.Describe(a)}{(AdvisoryWords.Actions(a) is { } actions ? $" Recommended: {actions}." : "")}"),
        isAttack ? "The steps follow from the words of the reasons by a fixed table." : "No reason speaks of an attack, so there are no steps.",
        "The date is that of the first signed record, not of the event itself.",
        AdvisoryWords.Evidence(dossier),
    ]);

    private static IEnumerable<JsonNode> References(Dossier dossier)
    {
        if (dossier.Bundle is { } bundle)
        {
            yield return new JsonObject
            {
                ["title"] = $"Signed evidence about the artifact, {bundle.Digest}",
                ["url"] = Uris.WebOrNull(bundle.Location),
            };
        }

        if (Uris.WebOrNull(dossier.AdvisoryFeed) is { } feed)
        {
            yield return new JsonObject { ["title"] = "Feed of advisories", ["url"] = feed };
        }
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject?["study"] is JsonObject study && study.ContainsKey("procedure");
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return JsonPlace.Check(document.JsonObject, root =>
        {
            if (root.Object("study", required: true) is { } study)
            {
                Check(study);
            }
        });
    }

    private static void Check(JsonPlace study)
    {
        study.Text("name", required: true);
        study.Text("summary", required: true);
        if (study.Text("incident-date", required: true) is { } date && !DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            study.Find("incident-date")!.Fault("a date is expected");
        }

        study.Word("incident-date-granularity", true, "YEAR", "MONTH", "DATE");
        study.Word("case-study-type", false, "incident", "exercise");
        foreach (var step in study.Objects("procedure", required: true))
        {
            step.Text("description", required: true);
            if (step.Find("tactic", required: true)?.AsText() is { } tactic && !TacticId.IsMatch(tactic))
            {
                step.Find("tactic")!.Fault("the id of a tactic is expected");
            }

            if (step.Find("technique", required: true)?.AsText() is { } technique && !TechniqueId.IsMatch(technique))
            {
                step.Find("technique")!.Fault("the id of a technique is expected");
            }
        }

        foreach (var reference in study.Objects("references"))
        {
            foreach (var member in (string[])["title", "url"])
            {
                if (!reference.Members!.ContainsKey(member))
                {
                    reference.Fault($"{member} is required");
                }
            }
        }
    }

    [GeneratedRegex(@"^(?:[A-Z]+\d*\.)+TA\d{4}$", RegexOptions.CultureInvariant)]
    private static partial Regex TacticId { get; }

    [GeneratedRegex(@"^(?:[A-Z]+\d*\.)+T\d{4}(\.\d{3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex TechniqueId { get; }
}
