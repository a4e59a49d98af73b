namespace Aixv.Export.Tests.Boms;

/// <summary>What every bill of the full sample must say: artifact, parents, datasets, run, signer, bundle, log, advisories, decision, lineage, declared.</summary>
internal static class BillFacts
{
    public static IReadOnlyList<string> OfFull { get; } = [.. All().OfType<string>().Distinct(StringComparer.Ordinal)];

    private static List<string?> All()
    {
        var d = Samples.Dossier(Samples.Full);
        List<string?> facts =
        [
            d.Artifact.Digest.Hex, d.Artifact.Name, d.Artifact.Version, d.Artifact.Uri, d.Artifact.Purl, d.Artifact.Size.ToString(),
            d.Run!.Framework, d.Run.FrameworkVersion, d.Run.CodeDigest!.Hex, d.Run.CodeUri, d.Run.EnvironmentDigest!.Hex, d.Run.EnvironmentUri, d.Run.InvocationId,
            "2026-03-01T08:00:00Z", "2026-03-02T20:30:00Z", "18446744073709551557", "west-1", "8 x H100",
            d.Signer!.Subject, d.Signer.Issuer, d.Decision!.Decision.PolicyDigest.Hex, d.Decision.Decision.PolicyId, d.Decision.Level, "allow", d.TrustRoot,
            d.Declared.Licence, d.Declared.Description, d.Declared.Supplier!.Name, d.Declared.Supplier.Email, d.Declared.DownloadLocation,
            d.Declared.Homepage, d.Declared.Task, d.Declared.ArchitectureFamily, d.Declared.Architecture, d.Declared.Library, d.Declared.IntendedUse,
            d.Declared.Limitations, d.Declared.Format, d.Declared.Precision, d.Declared.ParameterSize,
        ];
        facts.AddRange(d.Declared.Authors.Select(a => a.Name));
        foreach (var reference in d.Parents!.Value.Concat(d.Datasets!.Value))
        {
            facts.AddRange([reference.Digest?.Hex, reference.Uri, reference.Name, reference.Split, reference.Declared?.Licence, reference.Declared?.ContentUrl, reference.Declared?.Url]);
        }

        var entry = d.Bundle!.LogEntry!;
        facts.AddRange([Convert.ToHexStringLower(entry.LogId.Span), Convert.ToHexStringLower(entry.Inclusion!.RootHash.Span), "aixv:log:tree-size"]);
        foreach (var bundle in d.Bundles)
        {
            facts.AddRange([bundle.Digest.Hex, bundle.Location, bundle.MediaType, .. bundle.Signature.LogEntries.SelectMany(e => new[] { e.Log, e.Index.ToString() })]);
        }

        foreach (var advisory in d.Advisories)
        {
            facts.AddRange([advisory.Advisory.Id, advisory.Advisory.ReasonCode, .. advisory.Advisory.RecommendedActions]);
        }

        facts.AddRange(d.Benchmarks.SelectMany(b => new[] { b.Name, b.Metric, b.Value!.ToString() }));
        facts.AddRange(d.Lineage.Nodes.Select(n => n.Digest?.Hex ?? n.Uri ?? n.Name));
        return facts;
    }
}
