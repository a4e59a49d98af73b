namespace Aixv.Export.Boms;

/// <summary>A CycloneDX object: its members in the order of the XML schema.</summary>
internal sealed record BomShape(params IReadOnlyList<BomField> Fields);
