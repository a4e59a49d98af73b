using System.Collections.Immutable;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>Something that the artifact was made from: a parent model or a dataset. At least one of digest, URI and name is there.</summary>
public sealed record ReferenceFacts
{
    public Digest? Digest { get; init; }

    /// <summary>Untrusted text, not always a valid URI.</summary>
    public string? Uri { get; init; }

    /// <summary>Untrusted text.</summary>
    public string? Name { get; init; }

    /// <summary>Of a dataset: <c>train</c>, <c>eval</c>, <c>test</c>, <c>rlhf</c> or free text.</summary>
    public string? Split { get; init; }

    /// <summary>How the artifact came from it, as the claim says: <c>finetune</c>, …; null where it does not.</summary>
    public string? Relation { get; init; }

    /// <summary>What stands behind the reference: described, identified, or attested where a verified statement has it as its subject.</summary>
    public EvidenceTier Tier { get; init; }

    /// <summary>The active advisories by trusted signers that name or reach it, in order.</summary>
    public ImmutableArray<string> RecalledBy { get; init; } = [];

    /// <summary>What of the standard fields the publisher declares without proof; null where nothing is declared.</summary>
    public DeclaredDataset? Declared { get; init; }

    /// <summary>What people call it: the name, else the URI, else the digest.</summary>
    public string Label => Name ?? Uri ?? Digest!.ToString();

    /// <summary>The package URL that follows from the URI, or null.</summary>
    public string? Purl => PackageUrl.Of(Uri, null);

    /// <summary>What identifies it in this dossier: digest, else URI, else name; equal to the key of its node in the lineage.</summary>
    public string Key => LineageNodeFacts.KeyOf(Digest, Uri, Name);
}
