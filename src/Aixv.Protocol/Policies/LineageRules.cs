using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Policies;

/// <summary>What a policy asks of an artifact's ancestors.</summary>
/// <param name="MaxDepth">How far up is looked; what lies beyond is not judged.</param>
/// <param name="MinimumTier">What every ancestor within that depth must reach, or null.</param>
/// <param name="RequireSignedAncestors">Whether every ancestor's own attestation must be verified and by a trusted subject.</param>
/// <param name="AllowSubjects">Whose attestations make edges count; empty falls back to those who may sign artifacts.</param>
/// <param name="AllowIssuers">The issuers of these subjects; empty falls back alike.</param>
public sealed record LineageRules(
    int MaxDepth, EvidenceTier? MinimumTier, bool RequireSignedAncestors, ImmutableArray<string> AllowSubjects, ImmutableArray<string> AllowIssuers)
{
    /// <summary>The depth where a policy says nothing (protocol §3).</summary>
    public const int DefaultDepth = 3;

    internal static ObjectShape Shape { get; } = new(
        new Field("max_depth", new IntegerShape(1, 1000)),
        new Field("minimum_tier", Words.ShapeOf<EvidenceTier>()),
        new Field("require_signed_ancestors", PlainShape.Boolean),
        new Field("allow_subjects", new ListShape(new TextShape())),
        new Field("allow_issuers", new ListShape(new TextShape())));

    internal static LineageRules Read(JsonObject json) => new(
        json.Integer("max_depth") ?? DefaultDepth,
        json.Text("minimum_tier") is { } tier ? Words.Parse<EvidenceTier>(tier) : null,
        json.Flag("require_signed_ancestors"),
        json.Texts("allow_subjects"),
        json.Texts("allow_issuers"));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["max_depth"] = MaxDepth, ["require_signed_ancestors"] = RequireSignedAncestors };
        json.AddIfAny("minimum_tier", MinimumTier is { } tier ? Words.Of(tier) : null);
        json.AddIfAny("allow_subjects", AllowSubjects.ToJson());
        json.AddIfAny("allow_issuers", AllowIssuers.ToJson());
        return json;
    }
}
