using System.Collections.Frozen;

namespace Aixv.Export.Boms;

/// <summary>The tags of SPDX 2.3 tag-value, with the members of the JSON form, in the order of the specification.</summary>
internal static class SpdxTags
{
    public static IReadOnlyList<(string Tag, string Member)> Document { get; } =
    [
        ("SPDXVersion", "spdxVersion"), ("DataLicense", "dataLicense"), ("SPDXID", "SPDXID"), ("DocumentName", "name"),
        ("DocumentNamespace", "documentNamespace"), ("DocumentComment", "comment"),
    ];

    public static IReadOnlyList<(string Tag, string Member)> CreationInfo { get; } =
    [
        ("Creator", "creators"), ("Created", "created"), ("LicenseListVersion", "licenseListVersion"), ("CreatorComment", "comment"),
    ];

    public static IReadOnlyList<(string Tag, string Member)> Package { get; } =
    [
        ("PackageName", "name"), ("SPDXID", "SPDXID"), ("PackageVersion", "versionInfo"), ("PackageFileName", "packageFileName"),
        ("PackageSupplier", "supplier"), ("PackageOriginator", "originator"), ("PackageDownloadLocation", "downloadLocation"), ("FilesAnalyzed", "filesAnalyzed"),
        ("PackageVerificationCode", "packageVerificationCode"), ("PackageChecksum", "checksums"), ("PackageHomePage", "homepage"), ("PackageSourceInfo", "sourceInfo"),
        ("PackageLicenseConcluded", "licenseConcluded"), ("PackageLicenseInfoFromFiles", "licenseInfoFromFiles"), ("PackageLicenseDeclared", "licenseDeclared"),
        ("PackageLicenseComments", "licenseComments"), ("PackageCopyrightText", "copyrightText"), ("PackageSummary", "summary"), ("PackageDescription", "description"),
        ("PackageComment", "comment"), ("PackageAttributionText", "attributionTexts"), ("PrimaryPackagePurpose", "primaryPackagePurpose"),
        ("ReleaseDate", "releaseDate"), ("BuiltDate", "builtDate"), ("ValidUntilDate", "validUntilDate"),
    ];

    public static IReadOnlyList<(string Tag, string Member)> Annotation { get; } =
    [
        ("Annotator", "annotator"), ("AnnotationDate", "annotationDate"), ("AnnotationType", "annotationType"),
    ];

    /// <summary>The tags that may have several lines.</summary>
    public static FrozenSet<string> Blocks { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "DocumentComment",
        "CreatorComment",
        "PackageSourceInfo",
        "PackageLicenseComments",
        "PackageSummary",
        "PackageDescription",
        "PackageComment",
        "PackageAttributionText",
        "ExternalRefComment",
        "RelationshipComment",
        "AnnotationComment");
}
