using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Track.Pages;

/// <summary><c>/artifacts/sha256:…</c>: all that is known of an artifact, without a script too.</summary>
internal static class ArtifactPage
{
    private static readonly string[] Records = ["models", "datasets", "deployments", "training_runs"];

    public static Page Of(JsonObject artifact, JsonObject graph, string? hub)
    {
        var digest = Facts.Text(artifact["digest"])!;
        var root = GraphContent.Root(graph);
        var name = Facts.Text(artifact["name"]) ?? Facts.Text(root["name"]);
        var (kind, tier) = (Facts.Text(root["kind"])!, Facts.Text(artifact["tier"])!);
        var html = new Html();
        html.Add($"<h1><bdi>{name ?? Facts.Shorten(digest)}</bdi></h1>\n<p class=\"lead\">{kind}, {Facts.Tier(tier)}</p>\n");
        GraphContent.AddRecall(html, graph);
        html.Add($"<dl class=\"facts\">\n");
        Facts.Fact(html, "digest", Facts.Digest(digest));
        Facts.Fact(html, "signer", Facts.Signer(root["signer"]));
        Facts.Fact(html, "made of", Count(artifact["parent_count"]));
        Facts.Fact(html, "used by", Count(artifact["child_count"]));
        Facts.Fact(html, "at the hub", hub is null ? new Html() : new Html().Add($"<a href=\"{hub}\" rel=\"noreferrer noopener nofollow ugc\"><bdi>{hub}</bdi></a>"));
        foreach (var lift in artifact["lifts"] is JsonArray lifts ? lifts.Select(Facts.Text) : [])
        {
            Facts.Fact(html, "to lift the tier", Facts.Of(lift));
        }

        html.Add($"</dl>\n");
        if (Facts.Text(artifact["verify_command"]) is { } command)
        {
            html.Add($"<section>\n<h2>Verify it</h2>\n<pre><code>{command}</code></pre>\n</section>\n");
        }

        AddAdvisories(html, artifact);
        AddAttestations(html, artifact);
        AddRecords(html, artifact);
        GraphContent.Add(html, graph);
        AddExports(html, artifact);
        return new Page
        {
            Title = name ?? Facts.Shorten(digest),
            Description = Describe(artifact, root, name, kind, tier),
            Address = $"/artifacts/{digest}",
            Image = $"/badge/{digest}.svg",
            Content = html,
            Data = new JsonObject { ["page"] = "artifact", ["version"] = 1, ["artifact"] = artifact, ["graph"] = graph },
            Linked = Linked(root, name, kind, digest, graph),
        };
    }

    private static Html Count(JsonNode? count) => Facts.Number(count) is > 0 and var number ? new Html().Add($"{number}") : new Html();

    private static string Describe(JsonObject artifact, JsonObject root, string? name, string kind, string tier)
    {
        var signer = Facts.Text(root["signer"]?["identity"]);
        var recall = root["recalled"] is null ? "" : Facts.Text(root["recalled"]!["state"]) == "recalled" ? " RECALLED." : " AFFECTED BY A RECALL.";
        return string.Create(CultureInfo.InvariantCulture, $"{name ?? "An artifact"}: {kind}, {tier}{(signer is null ? "" : $" by {signer}")}; made of {Facts.Number(artifact["parent_count"])}, used by {Facts.Number(artifact["child_count"])}.{recall} {Facts.Text(artifact["digest"])}");
    }

    private static void AddAdvisories(Html html, JsonObject artifact)
    {
        var advisories = Facts.Each(artifact["advisories"]).ToList();
        if (advisories.Count == 0)
        {
            return;
        }

        html.Add($"<section>\n<h2>Advisories</h2>\n<ul>\n");
        foreach (var advisory in advisories)
        {
            html.Add($"<li><bdi>{Facts.Text(advisory["advisory_id"])}</bdi>: <bdi>{Facts.Text(advisory["reason_code"])}</bdi>, {Facts.Text(advisory["severity"])}, {Facts.Text(advisory["status"])}, {Facts.Text(advisory["reach"])}; by {Facts.Signer(advisory["signer"])}</li>\n");
        }

        html.Add($"</ul>\n</section>\n");
    }

    private static void AddAttestations(Html html, JsonObject artifact)
    {
        var attestations = Facts.Each(artifact["attestations"]).ToList();
        if (attestations.Count == 0)
        {
            return;
        }

        html.Add($"<section>\n<h2>Attestations</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th>Claim</th><th>Signer</th><th>Signed</th><th>Log entry</th><th>Status</th><th>Proof</th></tr></thead>\n<tbody>\n");
        foreach (var attestation in attestations)
        {
            var entry = Facts.Each(attestation["log_entries"]).FirstOrDefault();
            html.Add($"<tr><td><bdi>{Facts.Text(attestation["predicate_type"]) ?? "the artifact itself"}</bdi></td><td>{Facts.Signer(attestation["signer"])}</td><td>{Facts.Time(attestation["signed_at"] ?? attestation["created_at"])}</td>");
            html.Add($"<td>{(entry is null ? new Html() : new Html().Add($"<bdi>{Facts.Text(entry["log"])}</bdi> {Facts.Number(entry["index"])}"))}</td><td>{Facts.Text(attestation["status"])}</td>");
            html.Add($"<td><a href=\"{Facts.Text(attestation["bundle"])}\">bundle</a> <a href=\"{Facts.Text(attestation["links"]?["proof_bundle"])}\">receipt</a></td></tr>\n");
        }

        html.Add($"</tbody>\n</table></div>\n</section>\n");
    }

    private static void AddRecords(Html html, JsonObject artifact)
    {
        var records = Records.SelectMany(name => Facts.Each(artifact[name])).ToList();
        if (records.Count == 0)
        {
            return;
        }

        html.Add($"<section>\n<h2>Registered</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th>Name</th><th>Version</th><th>Status</th><th>Tier</th><th>Since</th></tr></thead>\n<tbody>\n");
        foreach (var record in records)
        {
            html.Add($"<tr><td><bdi>{Facts.Text(record["name"])}</bdi></td><td><bdi>{Facts.Text(record["version"])}</bdi></td><td>{Facts.Text(record["status"])}</td><td>{Facts.Tier(Facts.Text(record["tier"]))}</td><td>{Facts.Time(record["created_at"])}</td></tr>\n");
        }

        html.Add($"</tbody>\n</table></div>\n</section>\n");
    }

    private static void AddExports(Html html, JsonObject artifact)
    {
        html.Add($"<section>\n<h2>Exports</h2>\n<p>\n");
        foreach (var (format, address) in artifact["exports"]!.AsObject())
        {
            html.Add($"<a href=\"{Facts.Text(address)}\">{format}</a>\n");
        }

        html.Add($"</p>\n</section>\n");
    }

    private static JsonObject Linked(JsonObject root, string? name, string kind, string digest, JsonObject graph)
    {
        var id = Facts.Text(root["id"]);
        var parents = Facts.Each(graph["edges"]).Where(e => Facts.Text(e["source"]) == id).Select(e => Facts.Text(e["target"])!).Distinct().ToList();
        return new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = kind == "dataset" ? "Dataset" : kind is "model" or "adapter" or "tokenizer" ? "SoftwareApplication" : "CreativeWork",
            ["name"] = name ?? digest,
            ["identifier"] = digest,
            ["additionalType"] = kind,
            ["isBasedOn"] = new JsonArray([.. parents.Select(parent => (JsonNode)parent)]),
            ["sha256"] = Digest.Parse(digest).Hex,
        };
    }
}
