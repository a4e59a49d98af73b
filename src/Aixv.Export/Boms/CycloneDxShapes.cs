using static Aixv.Export.Boms.BomField;

namespace Aixv.Export.Boms;

/// <summary>
/// CycloneDX 1.6 and 1.7 as one table: what JSON, XML and protobuf call each member, and its place in each. What nobody reads or writes here is left out.
/// </summary>
internal static class CycloneDxShapes
{
    private static readonly BomField BomRef = Attribute("bom-ref", 0);
    private static readonly BomField Properties = Objects("properties", 0, "property", () => Property!);
    private static readonly BomField References = Objects("externalReferences", 0, "reference", () => ExternalReference!);

    public static BomShape Bom { get; } = new(
        Text("specVersion", 1) with { Form = BomForm.Absent, IsRequired = true },
        Attribute("version", 2) with { Value = BomValue.Integer },
        Attribute("serialNumber", 3),
        Object("metadata", 4, () => CycloneDxDocumentShapes.Metadata),
        Objects("components", 5, "component", () => Component!),
        References with { Number = 7 },
        Objects("dependencies", 8, "dependency", () => CycloneDxDocumentShapes.Dependency),
        Objects("compositions", 9, "composition", () => CycloneDxDocumentShapes.Composition),
        Properties with { Number = 12 },
        Objects("vulnerabilities", 10, "vulnerability", () => CycloneDxVulnerabilityShapes.Vulnerability),
        Objects("annotations", 11, "annotation", () => CycloneDxDocumentShapes.Annotation),
        Objects("formulation", 13, "formula", () => CycloneDxTrainingShapes.Formula),
        Objects("citations", 16, "citation", () => CycloneDxDocumentShapes.Citation) with { IsNew = true });

    public static BomShape Component { get; } = new(
        Attribute("type", 1) with { Value = BomValue.Word, Words = CycloneDxWords.Classifications, IsRequired = true },
        Attribute("mime-type", 2),
        BomRef with { Number = 3 },
        Object("supplier", 4, () => Organization!),
        Object("manufacturer", 28, () => Organization!),
        Objects("authors", 29, "author", () => Contact!),
        Text("author", 5),
        Text("publisher", 6),
        Text("group", 7),
        Text("name", 8) with { IsRequired = true },
        Text("version", 9),
        Text("description", 10),
        Word("scope", 11, CycloneDxWords.Scopes),
        Objects("hashes", 12, "hash", () => Hash!),
        Objects("licenses", 13, "", () => LicenseChoice!) with { Form = BomForm.Choices },
        Text("copyright", 14),
        Text("cpe", 15),
        Text("purl", 16),
        Object("pedigree", 19, () => Pedigree!),
        References with { Number = 20 },
        Properties with { Number = 22 },
        Objects("components", 21, "component", () => Component!),
        Object("modelCard", 25, () => CycloneDxTrainingShapes.ModelCard),
        Object("data", 26, () => Data!) with { IsList = true },
        Texts("tags", 30, "tag"));

    public static BomShape Organization { get; } = new(
        BomRef with { Number = 4 },
        Text("name", 1),
        Text("url", 2) with { IsList = true },
        Object("contact", 3, () => Contact!) with { IsList = true });

    public static BomShape Contact { get; } = new(BomRef with { Number = 4 }, Text("name", 1), Text("email", 2), Text("phone", 3));

    public static BomShape Hash { get; } = new(
        Attribute("alg", 1) with { Value = BomValue.Word, Words = CycloneDxWords.Hashes, IsRequired = true },
        Text("content", 2) with { Form = BomForm.Content, IsRequired = true });

    public static BomShape Property { get; } = new(Attribute("name", 1) with { IsRequired = true }, Text("value", 2) with { Form = BomForm.Content });

    public static BomShape ExternalReference { get; } = new(
        Attribute("type", 1) with { Value = BomValue.Word, Words = CycloneDxWords.ExternalReferences, IsRequired = true },
        Text("url", 2) with { IsRequired = true },
        Text("comment", 3),
        Objects("hashes", 4, "hash", () => Hash!));

    public static BomShape Attachment { get; } = new(
        Attribute("contentType", 1) with { XmlName = "content-type" },
        Attribute("encoding", 2),
        Text("content", 3) with { Form = BomForm.Content, IsRequired = true });

    /// <summary>Data of a component; also a dataset of a model card.</summary>
    public static BomShape Data { get; } = new(
        BomRef with { Number = 1 },
        Word("type", 2, CycloneDxWords.Data) with { IsRequired = true },
        Text("name", 3),
        Object("contents", 4, () => Contents!),
        Text("classification", 5),
        Text("sensitiveData", 6) with { IsList = true },
        Text("description", 8),
        Object("governance", 9, () => Governance!));

    private static BomShape Contents { get; } = new(
        Object("attachment", 1, () => Attachment),
        Text("url", 2),
        Properties with { Number = 3 });

    private static BomShape Governance { get; } = new(
        Objects("custodians", 1, "custodian", () => Party!),
        Objects("stewards", 2, "steward", () => Party!),
        Objects("owners", 3, "owner", () => Party!));

    private static BomShape Party { get; } = new(
        Object("organization", 1, () => Organization),
        Object("contact", 2, () => Contact) with { XmlName = "individual" });

    private static BomShape Pedigree { get; } = new(
        Objects("ancestors", 1, "component", () => Component),
        Objects("descendants", 2, "component", () => Component),
        Objects("variants", 3, "component", () => Component),
        Text("notes", 6));

    /// <summary>In XML the acknowledgement of an expression is an attribute of its element.</summary>
    private static BomShape LicenseChoice { get; } = new(
        Object("license", 1, () => License!),
        Text("expression", 2),
        Attribute("acknowledgement", 3) with { Value = BomValue.Word, Words = CycloneDxWords.Acknowledgements },
        BomRef with { Number = 4 });

    private static BomShape License { get; } = new(
        BomRef with { Number = 5 },
        Attribute("acknowledgement", 8) with { Value = BomValue.Word, Words = CycloneDxWords.Acknowledgements },
        Text("id", 1),
        Text("name", 2),
        Object("text", 3, () => Attachment),
        Text("url", 4));
}
