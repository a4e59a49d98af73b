using System.Globalization;
using System.Text;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Advisories;

namespace Aixv.Export.Operations;

/// <summary>OpenMetrics 1.0: the artifact's state as gauges.</summary>
internal sealed class OpenMetricsExporter()
    : TextExporter(new("openmetrics", "OpenMetrics", "1.0", "application/openmetrics-text; version=1.0.0; charset=utf-8", ".om", ExportCategory.Operation))
{
    private const int MaximumLabel = 400;

    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        var artifact = dossier.Artifact;
        var evidence = EvidencePointer.Of(dossier);
        Head(writer, "aixv_artifact", "info", null, "The artifact, and the signed evidence behind what is said of it.");
        Sample(writer, "aixv_artifact_info", "1",
        [
            ("digest", artifact.Digest.ToString()), ("name", artifact.Name), ("type", artifact.Type), ("version", artifact.Version), ("signer", dossier.Signer?.Subject),
            ("bundle_sha256", evidence?.Digest.Hex), ("log", evidence?.Log), ("log_index", evidence?.LogIndex?.ToString(CultureInfo.InvariantCulture)),
        ]);
        if (dossier.Decision?.Decision is { } decision)
        {
            Head(writer, "aixv_decision", "gauge", null, "Whether the policy admits the artifact: 1 or 0.");
            Sample(writer, "aixv_decision", decision.IsAdmitted ? "1" : "0", [("digest", artifact.Digest.ToString()), ("policy", decision.PolicyDigest.ToString()), ("decision", decision.Decision.ToWord())]);
            Head(writer, "aixv_violations", "gauge", null, "What stands against admission and no waiver accepts.");
            Sample(writer, "aixv_violations", Number(decision.Violations.Count(v => !decision.Waived.ContainsKey(v))), [("digest", artifact.Digest.ToString())]);
        }

        if (evidence?.Time is { } time)
        {
            Head(writer, "aixv_bundle_age_seconds", "gauge", "seconds", "How old the signature was when this was made.");
            Sample(writer, "aixv_bundle_age_seconds", Math.Max(0, (long)(dossier.Time - time).TotalSeconds).ToString(CultureInfo.InvariantCulture), [("digest", artifact.Digest.ToString())]);
        }

        if (dossier.AdvisoriesWereChecked)
        {
            Head(writer, "aixv_active_advisories", "gauge", null, "Active advisories of trusted signers that certainly come to the artifact.");
            foreach (var severity in Enum.GetValues<Severity>())
            {
                Sample(writer, "aixv_active_advisories", Number(dossier.Advisories.Count(a => a.IsRecall && a.Advisory.Severity == severity)), [("digest", artifact.Digest.ToString()), ("severity", severity.ToWord())]);
            }
        }

        Head(writer, "aixv_lineage_nodes", "gauge", null, "Nodes of the artifact's lineage, itself among them.");
        Sample(writer, "aixv_lineage_nodes", Number(dossier.Lineage.NodeCount), [("digest", artifact.Digest.ToString())]);
        writer.WriteLine("# EOF");
    }

    private static void Head(TextWriter writer, string name, string type, string? unit, string help)
    {
        writer.WriteLine($"# TYPE {name} {type}");
        if (unit is not null)
        {
            writer.WriteLine($"# UNIT {name} {unit}");
        }

        writer.WriteLine($"# HELP {name} {help}");
    }

    private static void Sample(TextWriter writer, string name, string value, IEnumerable<(string Name, string? Value)> labels) =>
        writer.WriteLine($"{name}{{{string.Join(',', labels.Where(l => l.Value is not null).Select(l => $"{l.Name}=\"{Label(l.Value!)}\""))}}} {value}");

    /// <summary>A label's value: backslash, quote and line feed are escaped; other controls and changes of direction are named.</summary>
    private static string Label(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var unit in Reports.ShownText.Of(text, MaximumLabel))
        {
            _ = unit switch
            {
                '\\' => result.Append("\\\\"),
                '"' => result.Append("\\\""),
                _ => result.Append(unit),
            };
        }

        return result.ToString();
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text is { } text && text.EndsWith("# EOF\n", StringComparison.Ordinal) && (text.StartsWith("# ", StringComparison.Ordinal));
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return OpenMetricsReading.Faults(document.Text!);
    }
}
