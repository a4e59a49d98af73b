using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Export;
using Aixv.Export.Formats;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv formats</c>: what can be exported.</summary>
internal static class FormatsCommand
{
    public static Command Create(App app) => new Command("formats", "List the export formats.").Answer(app, _ => new Outcome());

    private static string Word(ExportCategory category) => category switch
    {
        ExportCategory.Attestation => "attestation",
        ExportCategory.Bom => "bom",
        ExportCategory.Finding => "finding",
        ExportCategory.Governance => "governance",
        ExportCategory.Graph => "graph",
        ExportCategory.Catalog => "catalog",
        ExportCategory.Report => "report",
        ExportCategory.Operation => "operation",
    };

    private static string? Word(SignatureForm form) => form switch
    {
        SignatureForm.None => null,
        SignatureForm.Dsse => "dsse",
        SignatureForm.Jsf => "jsf",
        SignatureForm.Bundle => "sigstore-bundle",
        SignatureForm.Cose => "cose",
        SignatureForm.VcJose => "vc-jose",
    };

    private sealed record Outcome : IOutcome
    {
        public int ExitCode => Cli.ExitCode.Ok;

        public JsonObject ToJson() => new()
        {
            ["ok"] = true,
            ["count"] = Exporters.All.Length,
            ["formats"] = new JsonArray([.. Exporters.All.OrderBy(e => e.Format.Id, StringComparer.Ordinal).Select(e => new JsonObject
            {
                ["id"] = e.Format.Id,
                ["aliases"] = new JsonArray([.. e.Format.Aliases.Select(alias => (JsonNode)alias)]),
                ["standard"] = e.Format.Standard,
                ["version"] = e.Format.Version,
                ["media_type"] = e.Format.MediaType,
                ["extension"] = e.Format.Extension,
                ["file_name"] = e.Format.FileName,
                ["category"] = Word(e.Format.Category),
                ["signature"] = Word(e.Format.Signature),
                ["needs"] = new JsonArray([.. FormatNeeds.Of(e.Format).Select(need => (JsonNode)need)]),
            })]),
        };

        public void Describe(Report report)
        {
            var width = Exporters.All.Max(e => e.Format.Id.Length);
            foreach (var group in Exporters.All.GroupBy(e => e.Format.Category))
            {
                report.Line(Word(group.Key));
                foreach (var format in group.Select(e => e.Format))
                {
                    var needs = FormatNeeds.Of(format) is { Count: > 0 } some ? $"; needs {string.Join("; ", some)}" : "";
                    report.Line($"  {format.Id.PadRight(width)}  {format.Standard} {format.Version}{needs}");
                }
            }
        }
    }
}
