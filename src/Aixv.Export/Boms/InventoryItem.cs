using System.Collections.Immutable;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Boms;

/// <summary>Something that a bill of materials lists.</summary>
/// <param name="Id">Unique in the inventory: letters, digits and hyphens only, so that every standard takes it in its own ids.</param>
/// <param name="Name">Untrusted text.</param>
internal sealed record InventoryItem(string Id, InventoryKind Kind, string Name)
{
    public Digest? Digest { get; init; }

    /// <summary>Untrusted text.</summary>
    public string? Uri { get; init; }

    public string? Version { get; init; }

    /// <summary>How a dataset was used; null where the claim does not say.</summary>
    public string? Split { get; init; }

    /// <summary>How the artifact came from a parent; null where the claim does not say.</summary>
    public string? Relation { get; init; }

    /// <summary>What stands behind it; null for the artifact itself.</summary>
    public EvidenceTier? Tier { get; init; }

    public ImmutableArray<string> RecalledBy { get; init; } = [];

    /// <summary>Whether the training claim names it as a parent or dataset of the artifact.</summary>
    public bool IsDirect { get; init; }

    /// <summary>Whether it was made from the artifact, rather than the other way round.</summary>
    public bool IsDescendant { get; init; }

    public DeclaredDataset? Declared { get; init; }

    public string? Purl => PackageUrl.Of(Uri, null);

    /// <summary>The id in formats that take any text: the digest where there is one.</summary>
    public string Reference => Digest?.ToString() ?? Id;
}
