using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Export.Assessments;

namespace Aixv.Cli.Exporting;

/// <summary>What <c>aixv assess</c> answers: the same assessment that the governance formats write. A gap is no failure of the command.</summary>
internal sealed record AssessOutcome(GatheredDossier Gathered, Assessment Assessment) : IOutcome
{
    private string? Error => Gathered.Attestations.Violations.IsEmpty ? null : string.Join("; ", Gathered.Attestations.Violations);

    public int ExitCode => Error is null ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["ok"] = Error is null };
        foreach (var (name, value) in Assessment.ToJson(Gathered.Dossier))
        {
            json[name] = value?.DeepClone();
        }

        json["attestation_violations"] = new JsonArray([.. Gathered.Attestations.Violations.Select(v => (JsonNode)v)]);
        json["warnings"] = new JsonArray([.. Gathered.Warnings.Select(w => (JsonNode)w)]);
        if (Error is { } error)
        {
            json["error"] = error;
            json["command"] = "assess";
        }

        return json;
    }

    public void Describe(Report report)
    {
        foreach (var warning in Gathered.Warnings)
        {
            report.Warning(warning);
        }

        report.Heading($"{Assessment.Framework.Name}: {Gathered.Dossier.Artifact.Name}");
        report.Row("edition", Assessment.Framework.Version);
        report.Row("digest", Gathered.Dossier.Artifact.Digest.ToString());
        report.Row("items", string.Join(", ", Enum.GetValues<ItemStatus>().Select(s => string.Create(CultureInfo.InvariantCulture, $"{Assessment.Count(s)} {Assessment.WordOf(s)}"))));
        report.Line();
        foreach (var item in Assessment.Items)
        {
            report.Row(item.Item.Id, $"{Assessment.WordOf(item.Status).ToUpperInvariant()}  {item.Item.Text}".TrimEnd());
            report.Row("", item.Reason);
            foreach (var evidence in item.Evidence)
            {
                report.Row("", $"- {string.Join("  ", ((string?[])[evidence.Type, evidence.Digest, evidence.Uri]).OfType<string>())}");
            }
        }

        report.Line();
        report.Row("note", Assessment.Framework.Note);
        report.Row("caution", Assessment.Caution);
        if (Error is { } error)
        {
            report.Error(error);
        }
    }
}
