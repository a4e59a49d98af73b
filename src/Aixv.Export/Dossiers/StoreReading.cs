using Aixv.Protocol.Lineage;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Verification;

namespace Aixv.Export.Dossiers;

/// <summary>Reads an artifact's attestations from a store, each verified anew: the index only tells where they are.</summary>
public static class StoreReading
{
    private const int MaximumRecord = 32 * 1024 * 1024;

    /// <summary>The statements about the artifact, and those by which OpenSSF Model Signing signs it as a model of one file.</summary>
    /// <param name="folder">The store.</param>
    /// <param name="graph">Its index.</param>
    /// <param name="verifier">With what is trusted.</param>
    /// <param name="isTrusted">Whose attestations the caller trusts.</param>
    public static IEnumerable<AttestationFacts> Attestations(string folder, LineageGraph graph, Digest artifact, AttestationVerifier verifier, Func<Signer, bool> isTrusted)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(verifier);
        ArgumentNullException.ThrowIfNull(isTrusted);
        return Of(folder, graph, artifact, verifier, isTrusted, static _ => true)
            .Concat(Of(folder, graph, ModelRoot.OfFile(artifact), verifier, isTrusted, static type => type == ModelRoot.PredicateType));
    }

    private static IEnumerable<AttestationFacts> Of(
        string folder, LineageGraph graph, Digest artifact, AttestationVerifier verifier, Func<Signer, bool> isTrusted, Func<string, bool> isWanted)
    {
        var node = graph.Find(artifact);
        var paths = (node < 0 ? [] : graph.SourcesOf(node).Select(graph.Source))
            .Where(s => s.Status != SourceStatus.Unreadable && s.Path.StartsWith("attestations/", StringComparison.Ordinal) && isWanted(s.PredicateType))
            .Select(s => s.Path)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (TryRead(Path.Combine(folder, path), MaximumRecord) is { } file && TryParse(file) is { } record)
            {
                yield return Verify(Path.Combine(folder, path), record, artifact, verifier, isTrusted)
                    ?? AttestationFacts.OfUnsigned(record.Statement, record.CreatedAt, Path.GetFileName(path));
            }
        }
    }

    private static AttestationFacts? Verify(
        string path, AttestationRecord record, Digest artifact, AttestationVerifier verifier, Func<Signer, bool> isTrusted) =>
        verifier.VerifyBundle(path, record, artifact) is var (verified, bundle, bundlePath)
            ? AttestationFacts.OfSigned(BundleFacts.Of(bundle, verified, Path.GetFileName(bundlePath)), isTrusted(verified.Signer), record.CreatedAt)
            : null;

    private static AttestationRecord? TryParse(byte[] file)
    {
        try
        {
            return AttestationRecord.Parse(file);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static byte[]? TryRead(string path, int maximum)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length <= maximum ? File.ReadAllBytes(path) : null;
    }
}
