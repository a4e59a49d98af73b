using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Assessments;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Governance;

/// <summary>What OSCAL documents of one artifact share: metadata, properties, and the evidence in the back matter.</summary>
internal sealed class OscalParts(string format, Dossier dossier)
{
    public const string Version = "1.1.3";

    /// <summary>The namespace of properties that are ours.</summary>
    public const string Namespace = "https://aixv.org/ns/oscal";

    private readonly SortedDictionary<string, JsonObject> resources = new(StringComparer.Ordinal);

    public string Uuid(string part) => NameUuid.Of(format, dossier.Artifact.Digest, part).ToString();

    /// <summary>Text for fields of one line without blanks at the ends (OSCAL's string); null where nothing is left.</summary>
    public static string? Line(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? " " : rune.ToString());
        }

        var trimmed = line.ToString().Trim().Trim('\uFEFF');
        return trimmed.Length == 0 ? null : trimmed;
    }

    public JsonObject Metadata(string title)
    {
        var metadata = new JsonObject
        {
            ["title"] = Line(title),
            ["last-modified"] = Rfc3339.Format(dossier.Time),
            ["version"] = "1",
            ["oscal-version"] = Version,
            ["props"] = new JsonArray(Property("tool", $"aixv {dossier.ToolVersion}"), Property("artifact-digest", dossier.Artifact.Digest.ToString())),
        };
        if (dossier.Signer is { } signer)
        {
            var party = new JsonObject { ["uuid"] = Uuid("signer"), ["type"] = IsMail(signer.Subject) ? "person" : "organization" }.With("name", Line(signer.Subject));
            if (Line(signer.Issuer) is { } issuer)
            {
                party["props"] = new JsonArray(Property("issuer", issuer));
            }

            party["remarks"] = "Whoever signed the evidence; OSCAL has no kind of party for a workflow or a key.";
            metadata["parties"] = new JsonArray(party);
        }

        metadata["remarks"] = Assessment.Caution;
        return metadata;
    }

    private static bool IsMail(string subject) => subject.Contains('@', StringComparison.Ordinal) && !subject.Contains(':', StringComparison.Ordinal);

    public static JsonObject Property(string name, string value) => new() { ["name"] = name, ["ns"] = Namespace, ["value"] = Line(value) ?? "none" };

    /// <summary>Properties of the artifact: digest, signer, log entry.</summary>
    public JsonArray ArtifactProperties()
    {
        var properties = new List<(string Name, string? Value)>
        {
            ("sha256", dossier.Artifact.Digest.Hex),
            ("name", dossier.Artifact.Name),
            ("version", dossier.Artifact.Version),
            ("purl", dossier.Artifact.Purl),
            ("uri", dossier.Artifact.Uri),
            ("media-type", dossier.Artifact.MediaType),
            ("bundle-sha256", dossier.Bundle?.Digest.Hex),
            ("log-index", dossier.Bundle?.LogEntry?.LogIndex.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("signer", dossier.Signer?.Subject),
        };
        return properties.Where(p => Line(p.Value) is not null).Select(p => (JsonNode)Property(p.Name, p.Value!)).ToJsonArray();
    }

    /// <summary>The evidence becomes a resource of the back matter; the links that point to it.</summary>
    public IEnumerable<JsonNode> Links(ImmutableArray<AssessedEvidence> evidence) =>
        evidence.Select(e => (JsonNode)new JsonObject { ["href"] = Link(e), ["rel"] = "evidence", ["text"] = e.Type }).ToList();

    /// <summary>A reference to the resource of this evidence.</summary>
    public string Link(AssessedEvidence evidence)
    {
        var uuid = Uuid($"evidence\n{evidence.Type}\n{evidence.Digest}\n{evidence.Uri}");
        if (!resources.ContainsKey(uuid))
        {
            var resource = new JsonObject { ["uuid"] = uuid, ["title"] = evidence.Type }.With("description", evidence.Uri ?? evidence.Digest);
            if (evidence.Digest is { } digest)
            {
                resource["rlinks"] = new JsonArray(new JsonObject
                {
                    ["href"] = Uris.AbsoluteOrNull(evidence.Uri) ?? $"urn:{digest}",
                    ["hashes"] = new JsonArray(new JsonObject { ["algorithm"] = "SHA-256", ["value"] = digest["sha256:".Length..] }),
                });
            }

            resources.Add(uuid, resource);
        }

        return $"#{uuid}";
    }

    public JsonObject? BackMatter => resources.Count == 0 ? null : new JsonObject { ["resources"] = resources.Values.Select(r => (JsonNode)r).ToJsonArray() };
}
