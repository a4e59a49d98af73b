using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Predicates;

/// <summary>A step of continual learning: what was updated, how, and where to go back to (protocol §2).</summary>
internal sealed class ClDeltaPredicate() : PredicateType("cl-delta", "v1", Fields)
{
    private static ObjectShape Fields => new(
        new Field("base_digest", new DigestShape(), Required: true),
        new Field("update_type", TextShape.OneOf("sft", "dpo", "ppo", "rl-online", "hotfix"), Required: true),
        new Field("rollback_target_digest", new DigestShape()),
        new Field("state_migration", TextShape.OneOf("none", "required")),
        new Field("compatibility_window", PlainShape.Any),
        new Field("delta_scope", PlainShape.Any))
    { IsOpen = true };

    /// <summary>Without a word, the way back is to the base.</summary>
    private protected override void Complete(JsonObject content, Faults faults) =>
        content["rollback_target_digest"] ??= content.RequiredText("base_digest");

    internal override IEnumerable<Reference> References(JsonObject content) => [];

    public override JsonObject Template() => new()
    {
        ["base_digest"] = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ["update_type"] = "sft",
        ["rollback_target_digest"] = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ["state_migration"] = "none",
        ["delta_scope"] = "lm_head",
    };
}
