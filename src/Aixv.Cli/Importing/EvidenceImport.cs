using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Commands;
using Aixv.Export.Formats;
using Aixv.Export.Importing;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Importing;

/// <summary>Takes documents of others into a store: as described evidence, or as attested where a signature verifies.</summary>
/// <param name="store">The store's absolute path.</param>
/// <param name="verifier">Null where there is nothing to trust.</param>
/// <param name="keys">Managed keys that signatures are tried with.</param>
/// <param name="show">A path as the user would write it.</param>
internal sealed class EvidenceImport(App app, string store, Verifier? verifier, ManagedKeys keys, Func<string, string> show)
{
    private readonly AttestationStore attestations = new(store);

    /// <summary>One document that cannot be read does not keep others out.</summary>
    public ImportedFile Import(string path, Digest? artifact)
    {
        try
        {
            var document = new DocumentProbe(ArtifactFile.Read(app, "document", path, DocumentProbe.MaximumBytes), Path.GetFileName(path));
            var evidence = EvidenceReaders.Read(document, artifact);
            var notes = evidence.Notes.ToList();
            var records = evidence.Bundles.SelectMany(bundle => Store(bundle, notes)).Concat(evidence.Statements.Select(Store)).ToImmutableArray();
            return new ImportedFile(path, evidence.Format, records, [.. notes], records.IsEmpty ? "it says nothing that the store has a place for" : null);
        }
        catch (Exception e) when (e is FormatException or CommandFailure)
        {
            return new ImportedFile(path, null, [], [], e.Message);
        }
    }

    private IEnumerable<ImportedRecord> Store(ImportedBundle bundle, List<string> notes)
    {
        var result = Verify(bundle);
        if (result is Verified verified)
        {
            yield return Store(bundle.Statement, bundle.Bytes, SignerEvidence.Of(verified.Signer).Subject);
        }
        else
        {
            notes.Add(result is Rejected rejected
                ? $"its signature does not hold, so what it says is stored as described: {VerifyOutcome.Describe(rejected)}"
                : "its signature was not verified for want of a trusted root, so what it says is stored as described");
            yield return Store(bundle.Statement);
        }

        foreach (var described in bundle.Described)
        {
            yield return Store(described);
        }
    }

    private VerificationResult? Verify(ImportedBundle bundle) => verifier is null && !keys.AllowUnlogged ? null : keys.Verify(
        verifier ?? new Verifier(Trust.TrustMaterial.Nobody.ParseRoot()),
        bundle.Bytes,
        new ArtifactDigests(bundle.Statement.Artifact),
        new VerificationPolicy { Signer = SignerPolicy.AllowAnyIdentityUnsafe });

    private ImportedRecord Store(ImportedStatement statement) => Store(statement, default(ReadOnlyMemory<byte>?), null);

    private ImportedRecord Store(ImportedStatement statement, ReadOnlyMemory<byte>? bundle, string? signer)
    {
        var tier = bundle is null ? EvidenceTier.Identified : EvidenceTier.Attested;
        if (FindSame(statement, bundle is not null) is { } there)
        {
            return new ImportedRecord(statement.Artifact, statement.PredicateType, tier, signer, show(there), IsNew: false);
        }

        var path = attestations.Append(statement.Statement, statement.Artifact, bundle, app.Time.GetUtcNow());
        return new ImportedRecord(statement.Artifact, statement.PredicateType, tier, signer, show(path), IsNew: true);
    }

    /// <summary>A record of the same statement; for a signed one, with a bundle.</summary>
    private string? FindSame(ImportedStatement statement, bool isSigned)
    {
        var folder = Path.Combine(store, "attestations");
        if (!System.IO.Directory.Exists(folder))
        {
            return null;
        }

        var wanted = SortedJson.Serialize(statement.Statement);
        return System.IO.Directory.EnumerateFiles(folder, $"sha256_{statement.Artifact.Hex}.*.json")
            .Where(path => !path.EndsWith(".sigstore.json", StringComparison.Ordinal) && (!isSigned || File.Exists($"{path}.sigstore.json")))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault(path => Read(path) is { } found && SortedJson.Serialize(found).AsSpan().SequenceEqual(wanted));
    }

    private static JsonObject? Read(string path)
    {
        try
        {
            return AttestationRecord.Parse(File.ReadAllBytes(path)).Statement;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
