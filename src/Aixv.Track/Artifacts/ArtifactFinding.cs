using Aixv.Sigstore.Artifacts;
using Aixv.Track.Attestations;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Importing;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Lineage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Artifacts;

/// <summary>What the registry knows of one digest, as the caller may see it.</summary>
internal sealed record ArtifactFinding
{
    private const int MaximumOfEach = 200;
    private static readonly RecordType[] Attested = [RecordType.Model, RecordType.Dataset, RecordType.Deployment, RecordType.TrainingRun];

    public required Digest Digest { get; init; }

    public required TenantView View { get; init; }

    /// <summary>Models, datasets, deployments and runs, newest first in each.</summary>
    public required IReadOnlyList<StoredRecord> Records { get; init; }

    public required IReadOnlyList<(StoredRecord Stored, IndexedAttestation Content)> Attestations { get; init; }

    public required GraphReader Graph { get; init; }

    /// <summary>The artifact's number in the graph; −1 where no edge knows it.</summary>
    public int Node => Graph.Find(NodeKey.Of(Digest));

    /// <summary>What imports say of it, the newest first.</summary>
    public required IReadOnlyList<Described> Described { get; init; }

    public bool IsKnown => Records.Count > 0 || Attestations.Count > 0 || Described.Count > 0 || Node >= 0;

    /// <summary>What people call it: as its records and statements say.</summary>
    public string? Name => Records.Select(r => AttestedRecord.Read(r).Name).FirstOrDefault()
        ?? Attestations.SelectMany(a => a.Content.Subjects).FirstOrDefault(s => s.Digest == Digest && s.Name is not null)?.Name
        ?? (Described is [var first, ..] ? first.Node.Name : null);

    public string Tier => Attestations.Any(a => a.Stored.Status == AttestationStatus.Active) || Records.Any(r => AttestedRecord.Read(r).Signature is not null) ? "attested"
        : Records.Count > 0 || Attestations.Count > 0 || Graph.WithoutDescribed().Find(NodeKey.Of(Digest)) >= 0 ? "identified" : "described";

    /// <summary>The digest in the path, and what is known of it.</summary>
    /// <exception cref="ApiError">No digest, or nothing is known of it.</exception>
    public static async ValueTask<ArtifactFinding> RequireAsync(ApiCall call, ArtifactGraph graph)
    {
        var found = await OfAsync(call, graph, Digest.Parse(RecordRoutes.Hash("digest", call.Route("digest"))));
        return found.IsKnown ? found : throw ApiError.NotFound($"nothing is known here of {found.Digest}");
    }

    public static ValueTask<ArtifactFinding> OfAsync(ApiCall call, ArtifactGraph graph, Digest digest) =>
        OfAsync(call.ViewWith(Scope.AttestationsRead), graph, digest, call.Cancelled);

    public static async ValueTask<ArtifactFinding> OfAsync(TenantView view, ArtifactGraph graph, Digest digest, CancellationToken cancellationToken)
    {
        var term = new IndexTerm("hash", digest.Hex);
        var records = new List<StoredRecord>();
        foreach (var type in Attested)
        {
            records.AddRange(await ListAsync(view, type, term, cancellationToken));
        }

        var attestations = await ListAsync(view, RecordType.Attestation, term, cancellationToken);
        return new ArtifactFinding
        {
            Digest = digest,
            View = view,
            Records = records,
            Attestations = [.. attestations.Select(a => (a, IndexedAttestation.Read(a.Content)))],
            Described = (await view.DescribeAsync([NodeKey.Of(digest)], cancellationToken)).Values.FirstOrDefault() ?? [],
            Graph = await graph.OpenAsync(view, cancellationToken),
        };
    }

    private static async ValueTask<IReadOnlyList<StoredRecord>> ListAsync(TenantView view, RecordType type, IndexTerm term, CancellationToken cancellationToken) =>
        (await view.ListAsync(new RecordQuery { Type = type, Terms = [term], Limit = MaximumOfEach, Count = false }, cancellationToken)).Items;
}
