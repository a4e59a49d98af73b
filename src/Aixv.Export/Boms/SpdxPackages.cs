using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Boms;

/// <summary>The packages of an SPDX 2.3 document: the artifact, what it was made from, and what was made from it.</summary>
internal static class SpdxPackages
{
    public static JsonObject Of(InventoryItem item, Dossier dossier)
    {
        var isArtifact = item.Kind == InventoryKind.Artifact;
        var declared = isArtifact ? dossier.Declared : DeclaredFacts.None;
        var licence = isArtifact ? declared.Licence : item.Declared?.Licence;
        var package = new JsonObject { ["SPDXID"] = SpdxContent.IdOf(item), ["name"] = SpdxText.Line(item.Name) };
        package.AddText("versionInfo", item.Version is { } version ? SpdxText.Line(version) : null);
        package.AddText("packageFileName", isArtifact ? SpdxText.Line(item.Name) : null);
        package.AddText("supplier", declared.Supplier is { } supplier ? SpdxText.Party(supplier) : null);
        package.AddText("originator", OriginatorOf(item, declared) is { } originator ? SpdxText.Party(originator) : null);
        package["downloadLocation"] = Uris.WebOrNull(declared.DownloadLocation) ?? Uris.WebOrNull(item.Declared?.ContentUrl) ?? Uris.WebOrNull(item.Uri) ?? SpdxText.NoAssertion;
        package["filesAnalyzed"] = false;
        package.AddList("checksums", item.Digest is { } digest ? [new JsonObject { ["algorithm"] = "SHA256", ["checksumValue"] = digest.Hex }] : []);
        package.AddText("homepage", Uris.WebOrNull(declared.Homepage) ?? Uris.WebOrNull(item.Declared?.Url));
        package.AddText("sourceInfo", isArtifact ? SourceOf(dossier) : null);
        package["licenseConcluded"] = SpdxText.NoAssertion;
        package["licenseDeclared"] = LicenceExpression.OrNull(licence) ?? SpdxText.NoAssertion;
        package.AddText("licenseComments", licence is not null && LicenceExpression.OrNull(licence) is null
            ? SpdxText.Block($"The publisher declares a licence that is no SPDX expression: {licence}") : null);
        package["copyrightText"] = SpdxText.NoAssertion;
        package.AddText("description", (isArtifact ? declared.Description : item.Declared?.Description) is { } description ? SpdxText.Block(description) : null);
        package.AddText("comment", isArtifact && CommentOf(declared) is { Length: > 0 } comment ? SpdxText.Block(comment) : null);
        package.AddList("externalRefs", ReferencesOf(item, dossier));
        package["primaryPackagePurpose"] = PurposeOf(item.Kind);
        package.AddText("releaseDate", (declared.ReleasedAt ?? item.Declared?.PublishedAt) is { } released ? FactText.Of(released) : null);
        package.AddList("annotations", (isArtifact ? OfArtifact(dossier) : OfItem(item)).Select(text => SpdxContent.Annotation(dossier, text)));
        return package;
    }

    private static DeclaredParty? OriginatorOf(InventoryItem item, DeclaredFacts declared) => declared.Authors is [var only] ? only : item.Declared?.Creator;

    private static string? SourceOf(Dossier dossier) => dossier.Run?.CodeUri is { } code ? SpdxText.Block($"Trained by the code at {code}.") : null;

    private static string CommentOf(DeclaredFacts declared)
    {
        (string Name, string? Value)[] all =
        [
            ("Authors", declared.Authors.Length > 1 ? string.Join("; ", declared.Authors.Select(a => a.Name)) : null),
            ("Task", declared.Task),
            ("Architecture family", declared.ArchitectureFamily),
            ("Architecture", declared.Architecture),
            ("Intended use", declared.IntendedUse),
            ("Limitations", declared.Limitations),
        ];
        return string.Join('\n', all.Where(p => p.Value is not null).Select(p => $"{p.Name}, as the publisher declares: {p.Value}"));
    }

    private static IEnumerable<JsonObject> ReferencesOf(InventoryItem item, Dossier dossier)
    {
        var isArtifact = item.Kind == InventoryKind.Artifact;
        if ((isArtifact ? dossier.Artifact.Purl : item.Purl) is { } purl)
        {
            yield return Reference("PACKAGE-MANAGER", "purl", purl, null);
        }

        if (BomUris.OrNull(item.Uri) is { } uri)
        {
            yield return Reference("OTHER", "uri", uri, null);
        }

        if (!isArtifact)
        {
            yield break;
        }

        foreach (var bundle in dossier.Bundles)
        {
            var log = string.Join(", ", bundle.Signature.LogEntries.Select(e => $"entry {FactText.Of(e.Index)} of the log {e.Log}"));
            yield return Reference(
                "OTHER",
                "attestation",
                CycloneDxReferences.LocatorOf(bundle),
                $"Sigstore bundle ({bundle.MediaType}), SHA-256 {bundle.Digest.Hex}, signed by {bundle.Signature.Signer}{(log.Length == 0 ? "" : $", {log}")}; verified when this document was made.");
        }

        if (Uris.WebOrNull(dossier.AdvisoryFeed) is { } feed)
        {
            yield return Reference("SECURITY", "advisory", feed, null);
        }
    }

    private static JsonObject Reference(string category, string type, string locator, string? comment)
    {
        var reference = new JsonObject { ["referenceCategory"] = category, ["referenceType"] = type, ["referenceLocator"] = locator };
        reference.AddText("comment", comment is null ? null : SpdxText.Block(comment));
        return reference;
    }

    private static IEnumerable<string> OfArtifact(Dossier dossier)
    {
        yield return Lines(EvidenceProperties.Of(dossier));
        if (EvidenceProperties.OfPackage(dossier).ToList() is { Count: > 0 } artifact)
        {
            yield return Lines(artifact);
        }

        if (RunOf(dossier).ToList() is { Count: > 0 } run)
        {
            yield return Lines(run);
        }

        foreach (var benchmark in dossier.Benchmarks)
        {
            yield return $"aixv:benchmark: {benchmark.Name}\naixv:benchmark:metric: {benchmark.Metric}\naixv:benchmark:value: {FactText.Of(benchmark.Value)}"
                + (benchmark.Confidence is null ? "" : $"\naixv:benchmark:confidence: {FactText.Of(benchmark.Confidence)}")
                + $"\naixv:benchmark:evidence: {(benchmark.IsAttested ? "attested" : "described")} by statement {benchmark.Evidence}";
        }

        foreach (var advisory in dossier.Advisories)
        {
            yield return Lines(OfAdvisory(advisory));
        }
    }

    private static IEnumerable<(string Name, string Value)> RunOf(Dossier dossier)
    {
        if (dossier.Run is not { } run)
        {
            return [];
        }

        (string Name, string? Value)[] times =
        [
            ("aixv:run:invocation", run.InvocationId),
            ("aixv:run:started", run.StartedOn is { } started ? FactText.Of(started) : null),
            ("aixv:run:finished", run.FinishedOn is { } finished ? FactText.Of(finished) : null),
        ];
        return times.Where(t => t.Value is not null).Select(t => (t.Name, t.Value!)).Concat(EvidenceProperties.OfRun(run));
    }

    private static IEnumerable<(string Name, string Value)> OfAdvisory(AdvisoryFacts advisory)
    {
        var said = advisory.Advisory;
        yield return ("aixv:advisory", said.Id);
        yield return ("aixv:advisory:severity", said.Severity.ToWord());
        yield return ("aixv:advisory:status", said.Status.ToWord());
        yield return ("aixv:advisory:reason-code", said.ReasonCode);
        yield return ("aixv:advisory:trusted", advisory.IsTrusted ? "true" : "false");
        yield return ("aixv:advisory:certain", advisory.IsCertain ? "true" : "false");
        if (advisory.Signer is { } signer)
        {
            yield return ("aixv:advisory:signer", signer.ToString());
        }

        foreach (var action in said.RecommendedActions)
        {
            yield return ("aixv:advisory:action", action);
        }
    }

    private static IEnumerable<string> OfItem(InventoryItem item)
    {
        (string Name, string? Value)[] all =
        [
            ("aixv:evidence:tier", item.Tier?.ToName()),
            ("aixv:uri", item.Uri is { } uri && BomUris.OrNull(uri) is null && item.Name != uri ? uri : null),
            ("aixv:split", item.Split),
            ("aixv:relation", item.Relation),
            ("aixv:declared:collected-at", item.Declared?.CollectedAt is { } collected ? FactText.Of(collected) : null),
            ("aixv:declared:size", item.Declared?.Size is { } size ? FactText.Of(size) : null),
            ("aixv:declared:media-type", item.Declared?.MediaType),
        ];
        var lines = all.Where(p => p.Value is not null).Select(p => (p.Name, p.Value!)).Concat(item.RecalledBy.Select(id => ("aixv:recalled-by", id))).ToList();
        return lines.Count == 0 ? [] : [Lines(lines)];
    }

    /// <summary>One fact a line; breaks within a value become spaces, so that no value looks like another fact.</summary>
    private static string Lines(IEnumerable<(string Name, string Value)> facts) => string.Join('\n', facts.Select(f => $"{SpdxText.Line(f.Name)}: {SpdxText.Line(f.Value)}"));

    private static string PurposeOf(InventoryKind kind) => kind switch
    {
        InventoryKind.Framework => "FRAMEWORK",
        InventoryKind.Code => "SOURCE",
        InventoryKind.Environment => "CONTAINER",
        InventoryKind.Artifact or InventoryKind.Model or InventoryKind.Dataset or InventoryKind.Deployment => "OTHER",
    };
}
