using System.Collections.Immutable;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Bundles;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Records;
using Aixv.Protocol.Waivers;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;

namespace Aixv.Protocol.Admission;

/// <summary>The ways in which an advisory comes to an artifact along the lineage, beyond naming it (<see cref="GraphEvidence"/>).</summary>
public delegate IEnumerable<ReachPath> LineagePaths(Advisory advisory, Digest artifact);

/// <summary>What a store says in advisories, waivers and bundles, read and verified once, to be asked about many artifacts.</summary>
public sealed class StoreScan
{
    private readonly ImmutableArray<ScannedAdvisory> advisories;
    private readonly ImmutableArray<WaiverEvidence> waivers;
    private readonly ILookup<Digest, BundleEvidence> bundlesByMember;
    private readonly ILookup<Digest, string> idsByDigest;
    private readonly ILookup<string, ScannedAdvisory> advisoriesById;

    private StoreScan(
        ImmutableArray<ScannedAdvisory> advisories, ImmutableArray<WaiverEvidence> waivers, IEnumerable<BundleEvidence> bundles, ImmutableArray<string> unreadable, ImmutableArray<string> leftOut)
    {
        LeftOut = leftOut;
        this.advisories = advisories;
        this.waivers = waivers;
        Unreadable = unreadable;
        bundlesByMember = bundles.SelectMany(bundle => bundle.Members, (bundle, member) => (bundle, member)).ToLookup(pair => pair.member, pair => pair.bundle);
        idsByDigest = advisories
            .SelectMany(a => a.Advisory.Affected.Where(t => t.Digest is not null), (a, target) => (target.Digest, a.Advisory.Id))
            .Distinct()
            .ToLookup(pair => pair.Digest!, pair => pair.Id);
        advisoriesById = advisories.ToLookup(a => a.Advisory.Id, StringComparer.Ordinal);
    }

    /// <summary>One record, or attestation, of an advisory.</summary>
    public sealed record ScannedAdvisory(Advisory Advisory, SignerEvidence? Signer, DateTimeOffset? IntegratedTime, int Sequence, string Path);

    /// <summary>All records of advisories, and all attestations of them.</summary>
    public ImmutableArray<ScannedAdvisory> Advisories => advisories;

    /// <summary>Files that could not be read, with the reason.</summary>
    public ImmutableArray<string> Unreadable { get; }

    /// <summary>Waivers and bundles that could not be read, with the reason. They would only have admitted, so without them a decision fails closed.</summary>
    public ImmutableArray<string> LeftOut { get; }

    /// <summary>A store without records.</summary>
    public static StoreScan Empty { get; } = new([], [], [], [], []);

    /// <summary>Reads a store. Signatures are verified whoever made them; which signers count is for a policy to say.</summary>
    /// <param name="store">The store.</param>
    /// <param name="verifier">Of records.</param>
    /// <param name="attestations">Of advisories that are attestations: they count by the same rules.</param>
    /// <param name="attested">Files that hold such an attestation though their name does not say so; null for none.</param>
    public static StoreScan Run(RecordStore store, RecordVerifier verifier, AttestationVerifier attestations, IEnumerable<string>? attested = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(verifier);
        ArgumentNullException.ThrowIfNull(attestations);
        var unreadable = new List<string>();
        var advisories = new List<ScannedAdvisory>();

        // Attestations first: what is said of them later, as that they are withdrawn, is said by records, and times of one second are equal.
        var damaged = new List<DamagedFile>();
        foreach (var found in AttestedAdvisories.Read(store.Root, attested ?? [], damaged))
        {
            var signed = attestations.Verify(found.Path, found.Record);
            if (signed is null)
            {
                RequireWholeBundle(store, found.Path, AttestationVerifier.BundleOf(found.Path, found.Record), unreadable, isAttestation: true);
            }

            advisories.Add(new ScannedAdvisory(
                found.Advisory, signed is null ? null : SignerEvidence.Of(signed.Signer), signed is { Times: [var first, ..] } ? first.Time : null, advisories.Count, found.Path));
        }

        unreadable.AddRange(damaged.Select(file => Describe(store, file)));

        foreach (var (record, verification) in Read(store, verifier, RecordKinds.Advisory, unreadable))
        {
            if (TryRead(store, record, Advisory.Read, unreadable) is { } advisory)
            {
                var signed = verification as VerifiedRecord;
                if (signed is null)
                {
                    RequireWholeBundle(store, record.Path, record.BundlePath, unreadable);
                }

                advisories.Add(new ScannedAdvisory(advisory, Signer(signed), signed?.IntegratedTime, advisories.Count, record.Path));
            }
        }

        // What a damaged waiver or bundle would say could only admit, so leaving it out fails closed.
        var other = new List<string>();
        var waivers = Read(store, verifier, RecordKinds.Waiver, other)
            .Select(r => TryRead(store, r.Record, Waiver.Read, other) is { } waiver ? new WaiverEvidence(waiver, Signer(r.Result), (r.Result as VerifiedRecord)?.IntegratedTime) : null)
            .ToList();
        var bundles = Read(store, verifier, RecordKinds.Bundle, other)
            .Select(r => TryRead(store, r.Record, ArtifactBundle.Read, other) is { } bundle
                ? new BundleEvidence(bundle.Id.Value, bundle.Primary, bundle.Members, Signer(r.Result), (r.Result as VerifiedRecord)?.IntegratedTime) : null)
            .ToList();
        return new StoreScan([.. advisories], [.. waivers.OfType<WaiverEvidence>()], [.. bundles.OfType<BundleEvidence>()], [.. unreadable], [.. other]);
    }

    /// <summary>The evidence with all that the store says about its artifact.</summary>
    /// <param name="lineage">How the lineage connects the artifact with others; null looks at the artifact and its bundles alone.</param>
    public Evidence AddTo(Evidence evidence, LineagePaths? lineage = null)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var artifact = evidence.Artifact;
        var bundles = bundlesByMember[artifact].ToImmutableArray();
        var paths = BundlePaths(artifact, bundles).ToLookup(p => p.Affected, p => p.Path);
        var extending = lineage is null ? [] : advisories.Where(a => a.Advisory.Affected.Any(t => !t.Selectors.IsEmpty)).Select(a => a.Advisory.Id);
        var reaching = idsByDigest[artifact]
            .Concat(paths.SelectMany(group => idsByDigest[group.Key]))
            .Concat(extending)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        ImmutableArray<string> ids = [.. reaching];
        return evidence with
        {
            Advisories =
            [
                .. evidence.Advisories,
                .. from id in ids
                   let records = advisoriesById[id].Select(a => ToEvidence(a, artifact, paths, lineage)).ToList()
                   where records.Any(record => !record.Paths.IsEmpty)
                   from record in records
                   select record,
            ],
            Unreadable = [.. evidence.Unreadable, .. Unreadable],

            // A waiver of an advisory that reaches this artifact, though it was given for another, is told apart by the rule that says so.
            Waivers = [.. evidence.Waivers, .. waivers.Where(w => w.Waiver.ArtifactDigests.IsEmpty || w.Waiver.ArtifactDigests.Contains(artifact) || w.Waiver.AdvisoryIds.Any(ids.Contains))],
            Bundles = [.. evidence.Bundles, .. bundles],
        };
    }

    private static IEnumerable<(Digest Affected, ReachPath Path)> BundlePaths(Digest artifact, IEnumerable<BundleEvidence> bundles) =>
        from bundle in bundles
        from member in bundle.Members
        where member != artifact
        select (member, new ReachPath(
            Selector.Bundles,
            [new EdgeEvidence(EdgeEvidence.BundleKind, member, artifact, bundle.Signer is null ? EvidenceTier.Identified : EvidenceTier.Attested, bundle.Signer)]));

    private static AdvisoryEvidence ToEvidence(ScannedAdvisory scanned, Digest artifact, ILookup<Digest, ReachPath> paths, LineagePaths? lineage)
    {
        var reached = scanned.Advisory.Affected.Where(target => target.Digest is not null).SelectMany(target => target.Digest == artifact
            ? [ReachPath.Direct]
            : paths[target.Digest!].Where(path => path.By is { } by && target.Selectors.Contains(by)));
        return new AdvisoryEvidence(scanned.Advisory, scanned.Signer, scanned.IntegratedTime, scanned.Sequence, [.. reached, .. lineage?.Invoke(scanned.Advisory, artifact) ?? []]);
    }

    private static SignerEvidence? Signer(RecordVerification? result) => result is VerifiedRecord signed ? SignerEvidence.Of(signed.Signer) : null;

    /// <summary>An advisory whose bundle is cut off, or of another record, is no unsigned advisory: to take it for one would lift a recall.</summary>
    /// <remarks>Attestations are numbered and copied about by everybody: one with the bundle of another statement is nobody's.</remarks>
    private static void RequireWholeBundle(RecordStore store, string path, string? bundlePath, List<string> unreadable, bool isAttestation = false)
    {
        if (bundlePath is not null && new SignedContents().WhyNot(path, bundlePath) is { } fault && !(isAttestation && fault.Fault == StoreFault.BundleOfAnother))
        {
            unreadable.Add($"{ToName(store, bundlePath)}: {fault.Message}");
        }
    }

    /// <summary>The file as the store names it: the same on every machine, as evidence should be.</summary>
    private static string ToName(RecordStore store, string path) => Path.GetRelativePath(store.Root, path).Replace('\\', '/');

    private static string Describe(RecordStore store, DamagedFile file)
    {
        var name = ToName(store, file.Path);
        return file.Reason.StartsWith($"{file.Path}: ", StringComparison.Ordinal) ? $"{name}{file.Reason[file.Path.Length..]}" : $"{name}: {file.Reason}";
    }

    private static IEnumerable<(StoredRecord Record, RecordVerification Result)> Read(RecordStore store, RecordVerifier verifier, string kind, List<string> unreadable)
    {
        var listing = store.List(kind);
        unreadable.AddRange(listing.Damaged.Select(file => Describe(store, file)));
        foreach (var record in listing.Records.OrderBy(r => r.Path.Length).ThenBy(r => r.Path, StringComparer.Ordinal))
        {
            var bundle = record.BundlePath is { } path ? TryReadFile(path) : null;
            yield return (record, verifier.VerifyAnySigner(record.Bytes, bundle is null ? default(ReadOnlyMemory<byte>?) : bundle, kind));
        }
    }

    private static byte[]? TryReadFile(string path)
    {
        try
        {
            return BoundedFile.Read(path, Bundle.MaximumBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    private static T? TryRead<T>(RecordStore store, StoredRecord record, Func<System.Text.Json.Nodes.JsonObject, T> read, List<string> unreadable)
        where T : class
    {
        try
        {
            return read(record.Record.Payload);
        }
        catch (FormatException e)
        {
            unreadable.Add($"{ToName(store, record.Path)}: {e.Message}");
            return null;
        }
    }
}
