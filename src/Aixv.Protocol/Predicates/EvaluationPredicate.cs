using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Predicates;

/// <summary>How a model did in benchmarks (protocol §2).</summary>
internal sealed class EvaluationPredicate() : PredicateType("evaluation", "v1", Fields)
{
    private static ObjectShape Fields => new(
        new Field("benchmarks", new ListShape(Benchmark, minimum: 1), Required: true),
        new Field("eval_harness_digest", new DigestShape()),
        new Field("dataset_digests", new ListShape(new DigestShape())),
        new Field("random_seed_policy", TextShape.OneOf("fixed", "sweep", "none")))
    { IsOpen = true };

    private static ObjectShape Benchmark => new(
        new Field("name", new TextShape(), Required: true),
        new Field("metric", new TextShape(), Required: true),
        new Field("value", PlainShape.Number, Required: true),
        new Field("confidence_interval", PlainShape.Any))
    { IsOpen = true };

    internal override IEnumerable<Reference> References(JsonObject content) =>
    [
        new("eval_harness_digest", content["eval_harness_digest"] is not null),
        new("dataset_digests", content["dataset_digests"] is JsonArray { Count: > 0 }),
    ];

    public override JsonObject Template() => new()
    {
        ["benchmarks"] = new JsonArray(new JsonObject
        {
            ["name"] = "example-qa",
            ["metric"] = "accuracy",
            ["value"] = 0.81,
            ["confidence_interval"] = new JsonArray(0.79, 0.83),
        }),
        ["eval_harness_digest"] = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ["dataset_digests"] = new JsonArray("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ["random_seed_policy"] = "fixed",
    };
}
