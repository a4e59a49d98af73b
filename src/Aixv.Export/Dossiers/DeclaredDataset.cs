using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>What the publisher declares of one dataset. It belongs to the reference with the same digest, else URI, else name. Untrusted text.</summary>
public sealed record DeclaredDataset
{
    public Digest? Digest { get; init; }

    public string? Uri { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    /// <summary>An SPDX licence expression or the licence's address.</summary>
    public string? Licence { get; init; }

    /// <summary>The page that describes it.</summary>
    public string? Url { get; init; }

    /// <summary>Where its bytes are.</summary>
    public string? ContentUrl { get; init; }

    public DeclaredParty? Creator { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? CollectedAt { get; init; }

    public string? MediaType { get; init; }

    /// <summary>In bytes.</summary>
    public long? Size { get; init; }

    internal bool IsOf(ReferenceFacts reference) =>
        Digest is not null ? Digest == reference.Digest
        : Uri is not null ? Uri == reference.Uri
        : Name is not null && Name == reference.Name;
}
