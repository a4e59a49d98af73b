using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Export.Tests;

/// <summary>Five dossiers of real, signed evidence (testdata/exports, made by make.py there).</summary>
internal static class Samples
{
    private static readonly DateTimeOffset Decided = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ConcurrentDictionary<string, Lazy<Dossier>> Made = new(StringComparer.Ordinal);

    /// <summary>Everything is known: parents, datasets, run, evaluation, advisories, an allowing decision, declared metadata.</summary>
    public const string Full = "full";

    /// <summary>Trained from scratch: an empty list of parents.</summary>
    public const string Scratch = "scratch";

    /// <summary>An unsigned attestation whose parents and datasets have no digests.</summary>
    public const string Uris = "uris";

    /// <summary>As <see cref="Full"/>, with a recalled parent and a denying decision; nothing is declared.</summary>
    public const string Recalled = "recalled";

    /// <summary>All text is hostile.</summary>
    public const string Hostile = "hostile";

    /// <summary>The text in <see cref="Hostile"/>.</summary>
    public const string HostileText = "\"><script>alert(1)</script>|=cmd'\\\n\u202egnp.exe";

    public static IReadOnlyList<string> Names { get; } = [Full, Scratch, Uris, Recalled, Hostile];

    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Here(), "..", "..", "testdata", "exports"));

    /// <summary>The dossier of this name; each is made once.</summary>
    public static Dossier Dossier(string name) => Made.GetOrAdd(name, n => new Lazy<Dossier>(() => Make(n))).Value;

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    private static Dossier Make(string name)
    {
        var source = Path.Combine(Folder, name);
        var scratch = Directory.CreateTempSubdirectory("aixv-export-").FullName;
        try
        {
            // A store's index is written into it; the sample stays as it is.
            var store = Path.Combine(scratch, ".aixv");
            Copy(Path.Combine(source, "store"), store);
            return Make(name, source, store);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static Dossier Make(string name, string source, string store)
    {
        var root = TrustedRoot.Parse(File.ReadAllBytes(Path.Combine(Folder, "trusted_root.json")));
        var verifier = new Verifier(root);
        var model = File.ReadAllBytes(Path.Combine(source, "model.safetensors"));
        var artifact = new ArtifactFacts(Digest.Of(model), name == Hostile ? HostileText : "model.safetensors")
        {
            Size = model.Length,
            MediaType = "application/octet-stream",
            Uri = name == Hostile ? "javascript:alert(1)" : "hf://acme/demo-model",
            Version = name == Hostile ? HostileText : "1.2.0",
            Type = "fine-tuned-model",
        };
        var policy = Policy.Parse(File.ReadAllBytes(Path.Combine(source, "policy.json")));
        var trust = new PolicyTrust(policy);
        var graph = new StoreIndex(store, IndexKey.Create(), new SigstoreRecordCheck(root), TimeProvider.System).Refresh(TestContext.Current.CancellationToken).Graph;
        var scan = StoreScan.Run(new RecordStore(store), new RecordVerifier(verifier), new AttestationVerifier(verifier));
        Func<Signer, bool> isTrusted = signer => SignerEvidence.Of(signer) is var by && trust.TrustsForLineage(by.Subject, by.Issuer);
        var attestations = StoreReading.Attestations(store, graph, artifact.Digest, new AttestationVerifier(verifier), isTrusted).ToList();
        var signatures = Signatures(verifier, artifact.Digest, Path.Combine(source, "model.safetensors.sigstore.json"));
        var evidence = scan.AddTo(
            new Evidence
            {
                Artifact = artifact.Digest,
                ArtifactName = artifact.Name,
                PolicyId = "production",
                TrustRoot = root.Fingerprint,
                Signatures = [.. attestations.Select(a => a.Bundle).OfType<BundleFacts>().Concat(signatures).Select(b => b.Signature)],
                Attestations = [.. attestations.Select(a => new AttestationEvidence(a.PredicateType, a.Tier, a.Bundle?.Signature.Signer, a.Bundle?.Signature.IntegratedTime, a.Location))],
            },
            new GraphEvidence(graph, policy).Paths);
        return DossierBuilder.Build(new DossierInput
        {
            Artifact = artifact,
            ToolVersion = "0.1.0",
            Files = [new FileFacts(artifact.Name, artifact.Digest, model.Length)],
            Attestations = attestations,
            Signatures = signatures,
            Advisories = scan.Advisories,
            AdvisoriesWereChecked = true,
            Decision = new DecisionFacts(new AdmissionEngine(policy).Decide(evidence, Decided), evidence, policy, null, "level-2"),
            Lineage = LineageTrust.Of(graph, signer => trust.TrustsForLineage(signer.Subject, signer.Issuer)),
            TrustsForAdvisories = signer => trust.TrustsForAdvisories(signer.Subject, signer.Issuer),
            Declared = SampleDeclarations.Of(name),
            TrustRoot = root.Fingerprint,
        });
    }

    private static BundleFacts[] Signatures(Verifier verifier, Digest artifact, string path) =>
        File.Exists(path)
        && File.ReadAllBytes(path) is var bytes
        && verifier.Verify(bytes, new ArtifactDigests(artifact), new VerificationPolicy { Signer = SignerPolicy.AllowAnyIdentityUnsafe }) is Verified verified
            ? [BundleFacts.Of(bytes, verified, "https://hub.example/acme/demo-model/model.safetensors.sigstore.json")]
            : [];

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
