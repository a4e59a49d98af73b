using System.Text.Json.Nodes;

namespace Aixv.Interop.Tests.Peers;

/// <summary>One bundle to verify with <c>verify.mjs</c>.</summary>
internal sealed record PeerQuestion(byte[] TrustedRoot, byte[] Bundle, byte[] Artifact)
{
    /// <summary>The whole identity.</summary>
    internal string? Identity { get; init; }

    /// <summary>A regular expression that the peer searches in the identity, as its own callers give it.</summary>
    internal string? IdentityExpression { get; init; }

    internal string? Issuer { get; init; }

    /// <summary>The managed key's SubjectPublicKeyInfo, DER.</summary>
    internal byte[]? Key { get; init; }

    internal JsonObject ToJson() => new()
    {
        ["trustedRoot"] = JsonNode.Parse(TrustedRoot),
        ["bundle"] = JsonNode.Parse(Bundle),
        ["artifact"] = Convert.ToBase64String(Artifact),
        ["identity"] = Identity,
        ["identityExpression"] = IdentityExpression,
        ["issuer"] = Issuer,
        ["key"] = Key is null ? null : Convert.ToBase64String(Key),
    };
}
