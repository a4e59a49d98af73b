using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;

namespace Aixv.Export.Reports;

/// <summary>How the artifact was trained, and what it was measured with.</summary>
internal static class ReportRun
{
    private const int MaximumPairs = 60;

    public static void Write(HtmlWriter page, Dossier dossier)
    {
        if (dossier.Run is { } run)
        {
            page.Section("training", "Training run", Standing(dossier.Training?.Bundle is not null), () => WriteRun(page, run));
        }

        if (!dossier.Benchmarks.IsEmpty)
        {
            page.Section("evaluation", "Evaluation", null, () => WriteBenchmarks(page, dossier));
        }
    }

    private static string Standing(bool isSigned) => isSigned ? "As the signed training claim says." : "As a claim says that nobody signed, verifiably.";

    private static void WriteRun(HtmlWriter page, TrainingFacts run)
    {
        page.Begin("dl", ("class", "pairs"));
        page.Fact("framework", run.Framework is null ? null : run.FrameworkVersion is null ? run.Framework : $"{run.Framework} {run.FrameworkVersion}");
        page.Fact("training code", run.CodeDigest);
        page.Fact("code from", run.CodeUri, uri => page.Link(uri));
        page.Fact("environment", run.EnvironmentDigest);
        page.Fact("environment from", run.EnvironmentUri, uri => page.Link(uri));
        page.Fact("started", run.StartedOn?.ToReading());
        page.Fact("finished", run.FinishedOn?.ToReading());
        page.Fact("run", run.InvocationId);
        page.End();
        foreach (var (title, values) in new[] { ("Hyperparameters", run.Hyperparameters), ("Compute", run.Compute), ("Also said of the run", run.Others) })
        {
            WritePairs(page, title, values);
        }
    }

    private static void WritePairs(HtmlWriter page, string title, JsonObject values)
    {
        if (values.Count == 0)
        {
            return;
        }

        page.Element("h3", title).Begin("dl", ("class", "pairs"));
        foreach (var (name, value) in values.Take(MaximumPairs))
        {
            page.Begin("dt").Name(name, 80).End().Begin("dd").Code(Value(value)).End();
        }

        page.End();
        if (values.Count > MaximumPairs)
        {
            page.Element("p", $"and {values.Count - MaximumPairs} more", ("class", "soft"));
        }
    }

    private static void WriteBenchmarks(HtmlWriter page, Dossier dossier) => page.Table(["Benchmark", "Metric", "Value", "Interval", "Evidence"], () =>
    {
        foreach (var benchmark in dossier.Benchmarks)
        {
            page.Row(
                cell => cell.Name(benchmark.Name, 120),
                cell => cell.Name(benchmark.Metric, 60),
                cell => cell.Code(benchmark.Value is null ? "not stated" : Value(benchmark.Value)),
                cell => cell.Code(benchmark.Confidence is null ? "not stated" : Value(benchmark.Confidence)),
                cell => cell.Element("span", benchmark.IsAttested ? "attested" : "claimed", ("class", benchmark.IsAttested ? "tag attested" : "tag described")));
        }
    });

    private static string Value(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => System.Text.Encoding.UTF8.GetString(SortedJson.Serialize(value)),
    };
}
