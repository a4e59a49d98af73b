using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Admitting;
using Aixv.Cli.Output;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;

namespace Aixv.Cli.Commands;

/// <summary>What <c>aixv impact</c> answers: every artifact with the path that proves it.</summary>
internal sealed record ImpactOutcome(Advisory Advisory, string? Signer, ReachResult Reach, OpenedStore Opened) : IOutcome
{
    private const int MaximumShown = 200;

    /// <summary>Ways of up to so many steps are always written out.</summary>
    private const int ShortWay = 8;

    /// <summary>How many steps of longer ways are written out in all: a chain of thousands would have millions.</summary>
    private const int MaximumLongSteps = 100_000;
    private int longSteps;

    private StoreView Store => Opened.View;

    /// <summary>Whether nobody was named, so that every verified signer's attestations count.</summary>
    public bool TrustsAnybody { get; init; }

    public int ExitCode => Cli.ExitCode.Ok;

    public JsonObject ToJson() => new()
    {
        ["ok"] = true,
        ["advisory_id"] = Advisory.Id,
        ["severity"] = Kebab.Of(Advisory.Severity),
        ["status"] = Kebab.Of(Advisory.Status),
        ["reason_code"] = Advisory.ReasonCode,
        ["class"] = Kebab.Of(Advisory.Class),
        ["signer"] = Signer,
        ["trusts_any_verified_signer"] = TrustsAnybody,
        ["affected_count"] = Reach.Affected.Count,
        ["possible_count"] = Reach.Possible.Count,
        ["affected"] = new JsonArray([.. Reach.Affected.Select(ToJson)]),
        ["possible"] = new JsonArray([.. Reach.Possible.Select(ToJson)]),
        ["trust"] = Opened.Material?.Source,
        ["trust_warning"] = Opened.Note,
        ["store_warnings"] = new JsonArray([.. Store.Warnings.Select(warning => (JsonNode)warning)]),
    };

    /// <summary>The way to an artifact; of one that is too long its last step, which begins at an artifact of the same answer.</summary>
    private (IReadOnlyList<ReachStep>? Steps, bool IsWhole) WayTo(ReachedArtifact artifact)
    {
        if (artifact.Depth > ShortWay)
        {
            if (longSteps > MaximumLongSteps - artifact.Depth)
            {
                return (Reach.LastStepTo(artifact.Digest) is { } last ? [last] : [], false);
            }

            longSteps += artifact.Depth;
        }

        return (Reach.PathTo(artifact.Digest), true);
    }

    private JsonObject ToJson(ReachedArtifact artifact)
    {
        var node = NodeOf(artifact);
        var (way, isWhole) = WayTo(artifact);
        return new JsonObject
        {
            ["digest"] = artifact.Digest.ToString(),
            ["name"] = node.Name,
            ["uri"] = node.Uri,
            ["via"] = Kebab.Of(artifact.Via),
            ["depth"] = artifact.Depth,
            ["path"] = LineageJson.Path(way),
            ["path_complete"] = isWhole,
        };
    }

    private LineageNode NodeOf(ReachedArtifact artifact) =>
        Store.Graph.Find(artifact.Digest) is >= 0 and var node ? Store.Graph.Node(node) : new LineageNode(artifact.Digest, null, null, false);

    public void Describe(Report report)
    {
        foreach (var warning in Store.Warnings.Prepend(Opened.Note).OfType<string>())
        {
            report.Warning(warning);
        }

        report.Title(good: true, string.Create(CultureInfo.InvariantCulture, $"{Advisory.Id}: {Reach.Affected.Count} artifacts affected, {Reach.Possible.Count} possibly"));
        report.Row("says", $"{Kebab.Of(Advisory.Severity)}, {Kebab.Of(Advisory.Status)}, {Advisory.ReasonCode} (class {Kebab.Of(Advisory.Class)})");
        report.Row("signer", Signer ?? "not known: the advisory is not signed, or not in the store");
        report.Row("counts", TrustsAnybody ? "attestations by any verified signer; name some with --trusted-attestation-subject or --policy" : null);
        List(report, "affected", Reach.Affected);
        List(report, "possibly affected: if unsigned and untrusted records were right", Reach.Possible);
    }

    private void List(Report report, string heading, IReadOnlyList<ReachedArtifact> artifacts)
    {
        if (artifacts.Count == 0)
        {
            return;
        }

        report.Heading(heading);
        foreach (var artifact in artifacts.Take(MaximumShown))
        {
            report.Line($"  {LineageWords.Short(NodeOf(artifact))}");
            foreach (var step in Reach.PathTo(artifact.Digest) ?? [])
            {
                report.Line($"    {(report.HasSymbols ? "←" : "<-")} {LineageWords.Step(step)}");
            }
        }

        if (artifacts.Count > MaximumShown)
        {
            report.Line(string.Create(CultureInfo.InvariantCulture, $"  and {artifacts.Count - MaximumShown} more: --json lists all"));
        }
    }
}
