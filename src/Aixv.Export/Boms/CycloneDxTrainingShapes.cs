using static Aixv.Export.Boms.BomField;

namespace Aixv.Export.Boms;

/// <summary>What CycloneDX says of a model and of how it was made (<see cref="CycloneDxShapes"/>).</summary>
internal static class CycloneDxTrainingShapes
{
    public static BomShape ModelCard { get; } = new(
        Attribute("bom-ref", 1),
        Object("modelParameters", 2, () => ModelParameters!),
        Object("quantitativeAnalysis", 3, () => QuantitativeAnalysis!),
        Object("considerations", 4, () => Considerations!),
        Objects("properties", 5, "property", () => CycloneDxShapes.Property));

    private static BomShape ModelParameters { get; } = new(
        Object("approach", 1, () => new BomShape(Word("type", 1, CycloneDxWords.Approaches))),
        Text("task", 2),
        Text("architectureFamily", 3),
        Text("modelArchitecture", 4),
        Objects("datasets", 5, "", () => DatasetChoice!) with { Form = BomForm.Choices });

    private static BomShape DatasetChoice { get; } = new(
        Link("ref", 2),
        Object("dataset", 1, () => CycloneDxShapes.Data) with { IsInline = true });

    private static BomShape QuantitativeAnalysis { get; } = new(Objects("performanceMetrics", 1, "performanceMetric", () => new BomShape(
        Text("type", 1),
        Text("value", 2),
        Text("slice", 3),
        Object("confidenceInterval", 4, () => new BomShape(Text("lowerBound", 1), Text("upperBound", 2))))));

    private static BomShape Considerations { get; } = new(
        Texts("users", 1, "user"),
        Texts("useCases", 2, "useCase"),
        Texts("technicalLimitations", 3, "technicalLimitation"),
        Texts("performanceTradeoffs", 4, "performanceTradeoff"));

    public static BomShape Formula { get; } = new(
        Attribute("bom-ref", 1),
        Objects("components", 2, "component", () => CycloneDxShapes.Component),
        Objects("workflows", 4, "workflow", () => Workflow!),
        Objects("properties", 5, "property", () => CycloneDxShapes.Property));

    private static BomShape Workflow { get; } = new(
        Attribute("bom-ref", 1) with { IsRequired = true },
        Text("uid", 2) with { IsRequired = true },
        Text("name", 3),
        Text("description", 4),
        Objects("tasks", 7, "task", () => Task!),
        TaskTypes(9),
        Objects("inputs", 12, "input", () => Input!),
        Objects("outputs", 13, "output", () => Output!),
        Time("timeStart", 14),
        Time("timeEnd", 15),
        Objects("properties", 5, "property", () => CycloneDxShapes.Property));

    private static BomShape Task { get; } = new(
        Attribute("bom-ref", 1) with { IsRequired = true },
        Text("uid", 2) with { IsRequired = true },
        Text("name", 3),
        Text("description", 4),
        TaskTypes(7),
        Objects("inputs", 10, "input", () => Input!),
        Objects("outputs", 11, "output", () => Output!),
        Time("timeStart", 14),
        Time("timeEnd", 15),
        Objects("properties", 5, "property", () => CycloneDxShapes.Property));

    private static BomShape Input { get; } = new(
        Object("resource", 3, () => Resource!),
        Objects("parameters", 4, "parameter", () => new BomShape(Text("name", 1), Text("value", 2), Text("dataType", 3))),
        Object("data", 6, () => CycloneDxShapes.Attachment),
        Object("source", 1, () => Resource!),
        Object("target", 2, () => Resource!),
        Objects("properties", 7, "property", () => CycloneDxShapes.Property));

    private static BomShape Output { get; } = new(
        Object("resource", 4, () => Resource!),
        Object("data", 5, () => CycloneDxShapes.Attachment),
        Word("type", 1, CycloneDxWords.Outputs),
        Object("source", 2, () => Resource!),
        Object("target", 3, () => Resource!),
        Objects("properties", 7, "property", () => CycloneDxShapes.Property));

    private static BomShape Resource { get; } = new(Link("ref", 1), Object("externalReference", 2, () => CycloneDxShapes.ExternalReference));

    private static BomField TaskTypes(int number) => new("taskTypes", number)
    {
        Value = BomValue.Word,
        Words = CycloneDxWords.Tasks,
        IsList = true,
        Form = BomForm.Wrapped,
        ItemName = "taskType",
        IsRequired = true,
    };
}
