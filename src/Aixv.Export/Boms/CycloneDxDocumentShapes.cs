using static Aixv.Export.Boms.BomField;

namespace Aixv.Export.Boms;

/// <summary>What a CycloneDX document says of itself and of how its parts hang together (<see cref="CycloneDxShapes"/>).</summary>
internal static class CycloneDxDocumentShapes
{
    public static BomShape Metadata { get; } = new(
        Time("timestamp", 1),
        Object("tools", 2, () => Tools!) with { MayBeList = true },
        Objects("authors", 3, "author", () => CycloneDxShapes.Contact),
        Object("component", 4, () => CycloneDxShapes.Component),
        Object("manufacturer", 10, () => CycloneDxShapes.Organization),
        Object("supplier", 6, () => CycloneDxShapes.Organization),
        Objects("properties", 8, "property", () => CycloneDxShapes.Property));

    private static BomShape Tools { get; } = new(Objects("components", 6, "component", () => CycloneDxShapes.Component));

    public static BomShape Dependency { get; } = new(
        Attribute("ref", 1) with { IsRequired = true, IsLink = true },
        new BomField("dependsOn", 2) { XmlName = "dependency", Value = BomValue.ReferenceMessage, IsList = true },
        new BomField("provides", 3) { Value = BomValue.Reference, IsList = true });

    public static BomShape Composition { get; } = new(
        Attribute("bom-ref", 5),
        Word("aggregate", 1, CycloneDxWords.Aggregates) with { IsRequired = true },
        References("assemblies", 2, "assembly"),
        References("dependencies", 3, "dependency"),
        References("vulnerabilities", 4, "vulnerability"));

    public static BomShape Annotation { get; } = new(
        Attribute("bom-ref", 1),
        References("subjects", 2, "subject") with { IsRequired = true },
        Object("annotator", 3, () => Annotator!) with { IsRequired = true },
        Time("timestamp", 4) with { IsRequired = true },
        Text("text", 5) with { IsRequired = true });

    private static BomShape Annotator { get; } = new(
        Object("organization", 1, () => CycloneDxShapes.Organization),
        Object("individual", 2, () => CycloneDxShapes.Contact),
        Object("component", 3, () => CycloneDxShapes.Component));

    public static BomShape Citation { get; } = new(
        Attribute("bom-ref", 1),
        Texts("pointers", 2, "pointer") with { IsNested = true },
        Texts("expressions", 3, "expression") with { IsNested = true },
        Time("timestamp", 4) with { IsRequired = true },
        Link("attributedTo", 5),
        Link("process", 6),
        Text("note", 7));
}
