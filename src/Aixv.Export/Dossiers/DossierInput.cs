using System.Collections.Immutable;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Dossiers;

/// <summary>What a dossier is made of, in any order (<see cref="DossierBuilder"/>).</summary>
public sealed record DossierInput
{
    public required ArtifactFacts Artifact { get; init; }

    /// <summary>Sets the time of the export; null takes the latest fact's.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Taken where neither <see cref="Time"/> nor any fact gives a time.</summary>
    public DateTimeOffset? FallbackTime { get; init; }

    public required string ToolVersion { get; init; }

    public IReadOnlyCollection<FileFacts> Files { get; init; } = [];

    public IReadOnlyCollection<AttestationFacts> Attestations { get; init; } = [];

    /// <summary>Verified signatures of the artifact's bytes.</summary>
    public IReadOnlyCollection<BundleFacts> Signatures { get; init; } = [];

    /// <summary>Every record of every advisory that may matter.</summary>
    public IReadOnlyCollection<StoreScan.ScannedAdvisory> Advisories { get; init; } = [];

    /// <summary>Whether a store of advisories was looked at at all.</summary>
    public bool AdvisoriesWereChecked { get; init; }

    public DecisionFacts? Decision { get; init; }

    /// <summary>The graph that the artifact is in, with whose records of it count.</summary>
    public required LineageTrust Lineage { get; init; }

    /// <summary>Whose advisories count.</summary>
    public required Func<SignerEvidence, bool> TrustsForAdvisories { get; init; }

    /// <summary>How many edges up and down the lineage is followed.</summary>
    public int Depth { get; init; } = int.MaxValue;

    public IReadOnlyCollection<BundleEvidence> Memberships { get; init; } = [];

    public DeclaredFacts Declared { get; init; } = DeclaredFacts.None;

    /// <summary>See <see cref="Dossier.Dataset"/>.</summary>
    public string? Dataset { get; init; }

    public ImmutableArray<ReceiptFacts> Receipts { get; init; } = [];

    public string? TrustRoot { get; init; }

    public string? AdvisoryFeed { get; init; }
}
