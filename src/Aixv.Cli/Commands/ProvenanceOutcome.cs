using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Admitting;
using Aixv.Cli.Output;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Commands;

/// <summary>What <c>aixv provenance</c> answers (aixv-protocol §5).</summary>
internal sealed record ProvenanceOutcome : IOutcome
{
    public required string Artifact { get; init; }

    public required Digest Digest { get; init; }

    /// <summary>tree, trace, impact or explain.</summary>
    public required string View { get; init; }

    public required OpenedStore Opened { get; init; }

    private StoreView Store => Opened.View;

    public required AttestationTrust Attestations { get; init; }

    /// <summary>The advisories that name or reach the artifact, as they stand.</summary>
    public required IReadOnlyList<StandingAdvisories.Standing> Advisories { get; init; }

    public required LineageExplanation Explanation { get; init; }

    public required bool TrustsAnybody { get; init; }

    public int ExitCode => Attestations.Violations.IsEmpty ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    private int TrustedActive => Advisories.Count(a => a.IsTrustedRecall);

    private string? Error => Attestations.Violations.IsEmpty ? null : string.Join("; ", Attestations.Violations);

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = Error is null,
            ["view"] = View,
            ["artifact"] = Artifact,
            ["artifact_digest"] = Digest.ToString(),
            ["attestation_count"] = Attestations.Total,
            ["attestation_trust"] = Attestations.ToJson(),
            ["attestation_violations"] = new JsonArray([.. Attestations.Violations.Select(v => (JsonNode)v)]),
            ["advisory_count"] = Advisories.Count,
            ["trusted_active_advisory_count"] = TrustedActive,
            ["cycles"] = new JsonArray([.. Explanation.Cycles.Select(cycle => new JsonArray([.. cycle.Select(node => (JsonNode)node.ToString())]))]),
            ["contradictions"] = Contradictions(),
            ["trust"] = Opened.Material?.Source,
            ["trust_warning"] = Opened.Note,
            ["store_warnings"] = new JsonArray([.. Store.Warnings.Select(warning => (JsonNode)warning)]),
        };
        switch (View)
        {
            case "impact":
                json["descendants"] = Descendants();
                break;
            case "explain":
                (json["parents"], json["descendants"], json["explain"]) = (Ancestors(), Descendants(), Explain());
                break;
            case "tree":
                (json["parents"], json["tree"]) = (Ancestors(), ProvenanceTree.Of(Root, Explanation.Parents).ToJson());
                break;
            default:
                json["parents"] = Ancestors();
                break;
        }

        if (Error is { } error)
        {
            json["error"] = error;
            json["command"] = "provenance";
        }

        return json;
    }

    private LineageNode Root => Store.Graph.Find(Digest) is >= 0 and var node ? Store.Graph.Node(node) : new LineageNode(Digest, null, Path.GetFileName(Artifact), false);

    private JsonArray Ancestors() => new([.. Explanation.Parents.Select(LineageJson.Ancestor)]);

    private JsonArray Descendants() => new([.. Explanation.Descendants.Select(LineageJson.Descendant)]);

    private JsonArray Contradictions() => new([.. Explanation.Contradictions.Select(c => (JsonNode)Ancestry.Describe(c))]);

    /// <summary>The least that proves why the artifact is flagged: advisory, signer, log entry, shortest way.</summary>
    private JsonObject Explain() => new()
    {
        ["trusts_any_verified_signer"] = TrustsAnybody,
        ["flagged"] = Explanation.Evidence.Any(e => e.IsCertain),
        ["advisories"] = new JsonArray([.. Explanation.Evidence.Select(evidence => new JsonObject
        {
            ["advisory_id"] = evidence.Advisory.Id,
            ["severity"] = Kebab.Of(evidence.Advisory.Severity),
            ["reason_code"] = evidence.Advisory.ReasonCode,
            ["certain"] = evidence.IsCertain,
            ["record"] = evidence.Record is { } record ? LineageJson.Source(record) : null,
            ["path"] = LineageJson.Path(evidence.Path),
        })]),
        ["contradictions"] = Contradictions(),
        ["missing_parents"] = new JsonArray([.. Explanation.MissingParents.Select(node => (JsonNode)node.ToString())]),
    };

    public void Describe(Report report)
    {
        foreach (var warning in Store.Warnings.Prepend(Opened.Note).OfType<string>())
        {
            report.Warning(warning);
        }

        report.Title(Error is null, Artifact);
        report.Row("digest", Digest.ToString());
        report.Row("attested", string.Create(CultureInfo.InvariantCulture, $"{Attestations.Total} attestations, {Attestations.Signed} signed, {Attestations.SignedAndTrusted} by trusted subjects"));
        report.Row("advisories", string.Create(CultureInfo.InvariantCulture, $"{Advisories.Count}, {TrustedActive} active by trusted subjects"));
        foreach (var cycle in Explanation.Cycles)
        {
            report.Check(false, "cycle", $"{string.Join(" from ", cycle.Append(cycle[0]).Select(LineageWords.Short))}: one of these attestations is wrong");
        }

        foreach (var contradiction in Explanation.Contradictions)
        {
            report.Check(false, "contradict", Ancestry.Describe(contradiction));
        }

        switch (View)
        {
            case "impact":
                ProvenanceTree.Down(Root, Explanation.Descendants).ToLines().Describe(report);
                break;
            case "trace":
                foreach (var entry in Explanation.Parents)
                {
                    report.Line(string.Create(CultureInfo.InvariantCulture, $"  {entry.Depth}  {LineageWords.Short(entry.Node)}: {LineageWords.Edge(entry.Step)}"));
                }

                break;
            case "explain":
                DescribeEvidence(report);
                break;
            default:
                ProvenanceTree.Of(Root, Explanation.Parents).ToLines().Describe(report);
                break;
        }

        if (Error is { } error)
        {
            report.Error(error);
        }
    }

    private void DescribeEvidence(Report report)
    {
        foreach (var evidence in Explanation.Evidence)
        {
            var record = evidence.Record;
            report.Check(false, evidence.Advisory.Id, $"{Kebab.Of(evidence.Advisory.Severity)}, {evidence.Advisory.ReasonCode}{(evidence.IsCertain ? "" : " (possible only: the way is not attested by trusted signers throughout)")}");
            report.Row("says", record?.Signer is { } by ? $"{by.Subject}, {record.Path}{(record.LogEntry is { } log ? string.Create(CultureInfo.InvariantCulture, $", {log.Origin} index {log.Index}") : "")}" : "nobody, verifiably");
            report.Row("way", evidence.Path.Count == 0 ? "it names the artifact" : null);
            foreach (var step in evidence.Path)
            {
                report.Line($"    {(report.HasSymbols ? "←" : "<-")} {LineageWords.Step(step)}");
            }
        }

        foreach (var missing in Explanation.MissingParents)
        {
            report.Row("missing", $"{LineageWords.Short(missing)}: no record says where it comes from");
        }

        report.Row("parents", string.Create(CultureInfo.InvariantCulture, $"{Explanation.Parents.Count} within the depth"));
        report.Row("descends", string.Create(CultureInfo.InvariantCulture, $"{Explanation.Descendants.Count} within the depth"));
    }
}
