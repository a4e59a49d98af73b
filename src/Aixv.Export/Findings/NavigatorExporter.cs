using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Findings;

/// <summary>
/// A layer of the ATT&amp;CK Navigator, format 4.5: the techniques that advisories and failed checks speak of. A layer without techniques is valid, and
/// says that nothing found is an attack.
/// </summary>
internal abstract partial class NavigatorExporter(ExportFormat format, string domain) : JsonExporter(format)
{
    /// <summary>The media type of a layer, which has none of its own.</summary>
    protected const string Json = "application/json";

    /// <summary>Whether the layer is of ATLAS rather than of ATT&amp;CK.</summary>
    protected abstract bool IsAtlas { get; }

    /// <summary>What the layer's <c>versions</c> holds.</summary>
    protected abstract JsonObject Versions { get; }

    /// <summary>More metadata of the layer.</summary>
    protected abstract IEnumerable<(string Name, string Value)> Metadata { get; }

    public override IReadOnlyList<string> Missing(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return dossier.AdvisoriesWereChecked || dossier.Decision is not null
            ? base.Missing(dossier)
            : ["a look at a store of advisories (--store DIR) or a decision (--policy FILE)"];
    }

    protected override JsonNode Build(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return new JsonObject
        {
            ["name"] = $"aixv: {dossier.Artifact.Name}",
            ["versions"] = Versions,
            ["domain"] = domain,
            ["description"] = $"Techniques that advisories about {dossier.Artifact.Digest} and failed checks speak of. {AdvisoryWords.Evidence(dossier)}",
            ["sorting"] = 3,
            ["techniques"] = ThreatFindings.Of(dossier, IsAtlas).Select(group => (JsonNode)Technique(group.Key, [.. group], dossier)).ToJsonArray(),
            ["gradient"] = new JsonObject { ["colors"] = ((string[])["#ffe0b2", "#e53935"]).ToJsonArray(), ["minValue"] = 0, ["maxValue"] = ThreatFindings.Recall },
            ["metadata"] = Named([
                .. Metadata,
                ("artifact_digest", dossier.Artifact.Digest.ToString()),
                ("exported_at", Sigstore.Json.Rfc3339.Format(dossier.Time)),
                ("tool", $"aixv {dossier.ToolVersion}"),
            ]),
            ["showTacticRowBackground"] = false,
            ["selectTechniquesAcrossTactics"] = true,
            ["selectSubtechniquesWithParent"] = false,
        };
    }

    private static JsonObject Technique(AttackTechnique technique, List<ThreatFindings.Reason> reasons, Dossier dossier) => new JsonObject
    {
        ["techniqueID"] = technique.Id,
        ["score"] = reasons.Max(r => r.Score),
        ["comment"] = string.Join("\n", reasons.Select(r => r.Text)),
        ["enabled"] = true,
        ["showSubtechniques"] = true,
        ["metadata"] = Named([
            ("digest", dossier.Artifact.Digest.ToString()),
            .. reasons.Select(r => (r.Advisory is null ? "violation" : "advisory_id", r.Subject)),
        ]),
    }
    .With("links", Uris.WebOrNull(dossier.Bundle?.Location) is { } url ? new JsonArray(new JsonObject { ["label"] = "signed evidence", ["url"] = url }) : null);

    private static JsonArray Named(IEnumerable<(string Name, string Value)> pairs) =>
        pairs.Select(pair => (JsonNode)new JsonObject { ["name"] = pair.Name, ["value"] = pair.Value }).ToJsonArray();

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject?["techniques"] is JsonArray
            && (document.JsonObject.ContainsKey("versions") || !document.JsonObject.ContainsKey("version")) // Layers before 4.0 say one version.
            && document.Member("domain") is { } found
            && found.StartsWith("atlas", StringComparison.Ordinal) == IsAtlas;
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return JsonPlace.Check(document.JsonObject, Check);
    }

    private void Check(JsonPlace root)
    {
        root.Text("name", required: true);
        if (root.Object("versions", required: true) is { } versions)
        {
            versions.Text("layer", required: true);
        }

        var isOwn = root.Has("customDataURL");
        if (!IsAtlas && !isOwn)
        {
            root.Word("domain", true, "enterprise-attack", "mobile-attack", "ics-attack");
        }

        var seen = new HashSet<(string, string?)>();
        foreach (var technique in root.Objects("techniques", required: true))
        {
            if (technique.Text("techniqueID", required: true) is not { } id)
            {
                continue;
            }

            if (!isOwn && !(IsAtlas ? AtlasId : AttackId).IsMatch(id))
            {
                technique.Fault($"'{(id.Length > 40 ? id[..40] : id)}' is no id of a technique");
            }

            if (!seen.Add((id, technique.Text("tactic"))))
            {
                technique.Fault($"{id} is there twice for the same tactic");
            }

            if (technique.Find("score") is { Node: not JsonValue } score)
            {
                score.Fault("a number is expected");
            }

            foreach (var entry in technique.Objects("metadata").Where(e => !e.Has("divider")))
            {
                entry.Text("name", required: true);
                entry.Text("value", required: true);
            }

            foreach (var link in technique.Objects("links").Where(e => !e.Has("divider")))
            {
                link.Text("label", required: true);
                link.Text("url", required: true);
            }
        }
    }

    [GeneratedRegex(@"^T\d{4}(\.\d{3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex AttackId { get; }

    [GeneratedRegex(@"^AML\.T\d{4}(\.\d{3})?$", RegexOptions.CultureInvariant)]
    private static partial Regex AtlasId { get; }
}
