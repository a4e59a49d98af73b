using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Importing;

/// <summary>A statement that is in the store now.</summary>
/// <param name="Tier">Attested where it was stored with a bundle that verifies.</param>
/// <param name="Path">The record, as the user would write it.</param>
/// <param name="IsNew">False where the store had it already.</param>
internal sealed record ImportedRecord(Digest Artifact, string PredicateType, EvidenceTier Tier, string? Signer, string Path, bool IsNew)
{
    public JsonObject ToJson() => new()
    {
        ["artifact_digest"] = Artifact.ToString(),
        ["predicate_type"] = PredicateType,
        ["tier"] = Tier.ToName(),
        ["signer"] = Signer,
        ["path"] = Path,
        ["created"] = IsNew,
    };
}
