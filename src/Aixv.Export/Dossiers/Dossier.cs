using System.Collections.Immutable;
using Aixv.Protocol.Admission;

namespace Aixv.Export.Dossiers;

/// <summary>
/// All that is known of one artifact, gathered and verified once, for every export format alike. Immutable. Times are UTC; lists are in a fixed order.
/// </summary>
/// <remarks>What stands in it was either verified (<see cref="BundleFacts"/>), or says that it was not. Names, URIs and advisory text are untrusted.</remarks>
public sealed record Dossier
{
    public required ArtifactFacts Artifact { get; init; }

    /// <summary>The time of the export: of its latest fact, unless the caller set another one. Whole seconds.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The version of the program that made the dossier.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The artifact's files, ordered by name; of a single file that one.</summary>
    public ImmutableArray<FileFacts> Files { get; init; } = [];

    /// <summary>The statements about the artifact: attested first, then by type, time and digest.</summary>
    public ImmutableArray<AttestationFacts> Attestations { get; init; } = [];

    /// <summary>The statement whose claim the parents, datasets and training run come from; null where there is none.</summary>
    public AttestationFacts? Training { get; init; }

    /// <summary>Null: nothing is known of parents. Empty: the claim says that it was trained from scratch.</summary>
    public ImmutableArray<ReferenceFacts>? Parents { get; init; }

    /// <summary>Null: nothing is known of datasets.</summary>
    public ImmutableArray<ReferenceFacts>? Datasets { get; init; }

    /// <summary>Which dataset a format describes that describes one: its digest, URI or name; null leaves the choice to the format.</summary>
    public string? Dataset { get; init; }

    /// <summary>Null where no claim describes a run.</summary>
    public TrainingFacts? Run { get; init; }

    public ImmutableArray<BenchmarkFacts> Benchmarks { get; init; } = [];

    /// <summary>The verified bundle that stands for the artifact: its training attestation's, else another attestation's, else a signature of its bytes.</summary>
    public BundleFacts? Bundle { get; init; }

    /// <summary>All verified bundles: <see cref="Bundle"/> first, others by digest.</summary>
    public ImmutableArray<BundleFacts> Bundles { get; init; } = [];

    /// <summary>Whoever made <see cref="Bundle"/>; null without one.</summary>
    public SignerEvidence? Signer => Bundle?.Signature.Signer;

    /// <summary>The advisories about the artifact, by id.</summary>
    public ImmutableArray<AdvisoryFacts> Advisories { get; init; } = [];

    /// <summary>Whether a store of advisories was looked at: only then an empty list says that none is known.</summary>
    public bool AdvisoriesWereChecked { get; init; }

    /// <summary>Null where no policy was asked.</summary>
    public DecisionFacts? Decision { get; init; }

    public required ILineage Lineage { get; init; }

    /// <summary>The bundles of artifacts that it is a member of.</summary>
    public ImmutableArray<BundleEvidence> Memberships { get; init; } = [];

    public DeclaredFacts Declared { get; init; } = DeclaredFacts.None;

    public ImmutableArray<ReceiptFacts> Receipts { get; init; } = [];

    /// <summary>The documents that were written of this dossier so far, in the order of writing.</summary>
    public ImmutableArray<ExportFacts> Exports { get; init; } = [];

    /// <summary>The fingerprint of the trusted root that everything was verified with; null where none was at hand, so that nothing is verified.</summary>
    public string? TrustRoot { get; init; }

    /// <summary>Where the feed of advisories about the artifact is published; null where it is not known.</summary>
    public string? AdvisoryFeed { get; init; }
}
