using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Boms;

/// <summary>The model card of a CycloneDX bill.</summary>
internal static class CycloneDxModelCard
{
    public static JsonObject Of(Dossier dossier, Inventory inventory)
    {
        var card = new JsonObject { ["bom-ref"] = "model-card" };
        card.AddObject("modelParameters", ParametersOf(dossier, inventory));
        card.AddObject("quantitativeAnalysis", AnalysisOf(dossier));
        card.AddObject("considerations", ConsiderationsOf(dossier.Declared));
        card.AddList("properties", CycloneDxParts.Properties(PropertiesOf(dossier)));
        return card;
    }

    private static JsonObject ParametersOf(Dossier dossier, Inventory inventory)
    {
        var parameters = new JsonObject();
        parameters.AddText("task", dossier.Declared.Task);
        parameters.AddText("architectureFamily", dossier.Declared.ArchitectureFamily);
        parameters.AddText("modelArchitecture", dossier.Declared.Architecture);
        parameters.AddList("datasets", inventory.Items
            .Where(i => i is { Kind: InventoryKind.Dataset, IsDirect: true })
            .Select(i => new JsonObject { ["ref"] = i.Reference }));
        return parameters;
    }

    private static JsonObject AnalysisOf(Dossier dossier)
    {
        var analysis = new JsonObject();
        analysis.AddList("performanceMetrics", dossier.Benchmarks.Select(MetricOf));
        return analysis;
    }

    private static JsonObject MetricOf(BenchmarkFacts benchmark)
    {
        var metric = new JsonObject { ["type"] = benchmark.Metric };
        metric.AddText("value", benchmark.Value is null ? null : FactText.Of(benchmark.Value));
        metric["slice"] = benchmark.Name;
        if (benchmark.Confidence is JsonArray { Count: 2 } interval)
        {
            metric["confidenceInterval"] = new JsonObject { ["lowerBound"] = FactText.Of(interval[0]), ["upperBound"] = FactText.Of(interval[1]) };
        }

        return metric;
    }

    private static JsonObject ConsiderationsOf(DeclaredFacts declared)
    {
        var considerations = new JsonObject();
        considerations.AddList("useCases", declared.IntendedUse is { } use ? [use] : []);
        considerations.AddList("technicalLimitations", declared.Limitations is { } limitations ? [limitations] : []);
        return considerations;
    }

    private static IEnumerable<(string Name, string Value)> PropertiesOf(Dossier dossier) => EvidenceProperties.OfRun(dossier.Run)
        .Concat(dossier.Benchmarks.Select(b => ("aixv:benchmark:evidence", $"{(b.IsAttested ? "attested" : "described")} by statement {b.Evidence}")).Distinct());
}
