using System.Collections.Immutable;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>A node of the lineage. At least one of digest, URI and name is there; text is untrusted.</summary>
/// <param name="Kind">What it is, as far as its edges tell.</param>
/// <param name="Tier">Attested where a verified statement has it as its subject.</param>
/// <param name="IsArtifact">Whether it is the artifact of the dossier.</param>
/// <param name="RecalledBy">The active advisories by trusted signers that certainly name or reach it, in order.</param>
public sealed record LineageNodeFacts(
    Digest? Digest, string? Uri, string? Name, LineageNodeKind Kind, EvidenceTier Tier, bool IsArtifact, ImmutableArray<string> RecalledBy)
{
    /// <summary>What identifies it: the digest, else the URI, else <c>name:</c> and the name. Unique in a lineage, whatever records call things.</summary>
    public string Key => KeyOf(Digest, Uri, Name);

    /// <summary>What people call it: the name, else the URI, else the digest.</summary>
    public string Label => Name ?? Uri ?? Digest!.ToString();

    internal static string KeyOf(Digest? digest, string? uri, string? name) =>
        digest?.ToString()
        ?? (uri is null ? $"name:{name}"
            : uri.StartsWith("sha256:", StringComparison.Ordinal) || uri.StartsWith("name:", StringComparison.Ordinal) || uri.StartsWith("uri:", StringComparison.Ordinal) ? $"uri:{uri}"
            : uri);
}
