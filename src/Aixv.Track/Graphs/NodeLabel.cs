using System.Text.Json.Nodes;
using Aixv.Track.Indexing;

namespace Aixv.Track.Graphs;

/// <summary>What is known of a node besides its edges. Texts are whatever people wrote.</summary>
internal sealed record NodeLabel
{
    public static NodeLabel Nothing { get; } = new();

    public string? Name { get; init; }

    /// <summary>As its records and statements say; null where only its edges can tell.</summary>
    public string? Kind { get; init; }

    /// <summary>Whether a statement about it is signed and stands.</summary>
    public bool IsAttested { get; init; }

    /// <summary>Whether all that is known of it is what somebody else's graph says.</summary>
    public bool IsDescribed { get; init; }

    public string? Signer { get; init; }

    public string? Issuer { get; init; }

    /// <summary>Licence, downloads and the like, where somebody described it.</summary>
    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    /// <summary>The protocol's tier of a node with this label.</summary>
    public string TierOf(NodeKey node) => IsAttested ? "attested" : node.Digest is null || IsDescribed ? "described" : "identified";

    public JsonObject? SignerToJson() => Signer is null ? null : new JsonObject { ["identity"] = Signer, ["issuer"] = Issuer };
}
