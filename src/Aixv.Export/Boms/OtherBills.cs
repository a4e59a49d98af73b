using System.Text.Json.Nodes;
using Aixv.Export.Formats;
using Aixv.Export.Signing;

namespace Aixv.Export.Boms;

/// <summary>Bills of materials of versions that are read and not written: CycloneDX up to 1.5, SPDX 2.0 to 2.2, and those that nobody knows here.</summary>
internal static class OtherBills
{
    private static readonly string[] Shared = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"];
    private static readonly string[] Spdx = ["SPDX-2.0", "SPDX-2.1", "SPDX-2.2"];
    private static readonly string[] OfPackages = ["licenseConcluded", "licenseDeclared", "copyrightText"];

    public static OtherVersion? Read(DocumentProbe document) => CycloneDx(document) ?? SpdxTwo(document) ?? SpdxThree(document);

    private static OtherVersion? CycloneDx(DocumentProbe document)
    {
        if (document.Member("bomFormat") == "CycloneDX" && document.JsonObject is { } bom)
        {
            return CycloneDx("json", document.Member("specVersion"), version => [
                .. new CycloneDxRules(CycloneDxRules.ReferencesOf(bom)).Check(bom, version),
                .. version != "1.5" && bom["version"] is null ? (string[])[$"$.version: {version} requires it"] : [],
                .. JsfSignature.Faults(bom)]);
        }

        if (BomXmlReader.VersionOf(document.Xml) is { } ofXml)
        {
            var references = document.Xml!.Descendants().Select(e => e.Attribute("bom-ref")?.Value).OfType<string>().ToList();
            return CycloneDx("xml", ofXml, version => [.. new CycloneDxRules(references).Check(BomXmlReader.Read(document.Xml!), version)]);
        }

        return null;
    }

    private static OtherVersion CycloneDx(string form, string? version, Func<string, IReadOnlyList<string>> check)
    {
        var format = new ExportFormat($"cyclonedx-{version}-{form}", "CycloneDX", version ?? "of no version", "application/vnd.cyclonedx", $".cdx.{form}", ExportCategory.Bom);
        return version is not null && Shared.Contains(version)
            ? new OtherVersion(format, check(version), $"checked by the rules that CycloneDX {version} shares with 1.6; what only {version} asks is not")
            : new OtherVersion(format, null, $"CycloneDX {version ?? "without specVersion"} is not checked: 1.0 to 1.7 are");
    }

    private static OtherVersion? SpdxTwo(DocumentProbe document)
    {
        if (document.Member("spdxVersion") is { } ofJson && document.JsonObject is { } content)
        {
            return SpdxTwo("json", ofJson, () => Check(content, [], ofJson));
        }

        return SpdxTagReader.VersionOf(document.Text) is { } ofTag
            ? SpdxTwo("tag", ofTag, () =>
            {
                var reader = new SpdxTagReader();
                var read = reader.Read(document.Text!);
                return [.. reader.Faults, .. Check(read, reader.OtherIds, ofTag)];
            })
            : null;
    }

    private static OtherVersion SpdxTwo(string form, string version, Func<IReadOnlyList<string>> check)
    {
        var format = new ExportFormat($"{version.ToLowerInvariant()}-{form}", "SPDX", version.Replace("SPDX-", "", StringComparison.Ordinal), "text/spdx", ".spdx", ExportCategory.Bom);
        return Spdx.Contains(version)
            ? new OtherVersion(format, check(), $"checked by the rules that {version} shares with SPDX-2.3, and what it requires of packages beyond them")
            : new OtherVersion(format, null, $"{version} is not checked: SPDX-2.0 to SPDX-2.3 and 3.0.1 are");
    }

    /// <summary>Until 2.3, a package must say of its licences and its copyright at least that nothing is asserted.</summary>
    private static List<string> Check(JsonObject content, IEnumerable<string> otherIds, string version)
    {
        var faults = new SpdxRules().Check(content, otherIds, version).ToList();
        foreach (var (i, package) in ((content["packages"] as JsonArray)?.OfType<JsonObject>() ?? []).Index())
        {
            faults.AddRange(OfPackages.Where(name => package[name] is null).Select(name => $"$.packages[{FactText.Of(i)}].{name}: {version} requires it"));
        }

        return faults;
    }

    private static OtherVersion? SpdxThree(DocumentProbe document) =>
        document.Member("@context") is { } context && context.StartsWith("https://spdx.org/rdf/3", StringComparison.Ordinal) && context.Split('/') is [_, _, _, _, var version, ..]
            ? new OtherVersion(
                new ExportFormat($"spdx-{version}-jsonld", "SPDX", version, "application/spdx+json", ".spdx3.json", ExportCategory.Bom), null, $"SPDX {version} is not checked: SPDX-2.0 to SPDX-2.3 and 3.0.1 are")
            : null;
}
