using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Predicates;

/// <summary>What a policy decided of an artifact that is to be deployed (protocol §2).</summary>
internal sealed class DeploymentPredicate() : PredicateType("deployment", "v1", Fields)
{
    private static ObjectShape Fields => new(
        new Field("admitted_artifact_digest", new DigestShape(), Required: true),
        new Field("policy_id", new TextShape(), Required: true),
        new Field("policy_decision", TextShape.OneOf("allow", "deny", "allow-with-waiver"), Required: true),
        new Field("evidence", new ListShape(PlainShape.Any)))
    { IsOpen = true };

    internal override IEnumerable<Reference> References(JsonObject content) => [];

    public override JsonObject Template() => new()
    {
        ["admitted_artifact_digest"] = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ["policy_id"] = "production",
        ["policy_decision"] = "allow",
        ["evidence"] = new JsonArray(),
    };
}
