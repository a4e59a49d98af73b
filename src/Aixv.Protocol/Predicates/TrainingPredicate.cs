using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Predicates;

/// <summary>How a model came to be: parents, datasets and the training run (protocol §2). Descriptive, so permissive.</summary>
/// <remarks><c>parent_models: []</c> says trained from scratch; leaving the member out says nothing, and is kept so.</remarks>
internal sealed class TrainingPredicate() : PredicateType("training", "v1", Fields)
{
    private static ObjectShape Fields => new(
        new Field("parent_models", new ListShape(Named("a parent model"))),
        new Field("datasets", new ListShape(Named("a dataset", new Field("split", new TextShape())))),
        new Field("training_run", Run),
        new Field("hyperparameters", PlainShape.Object),
        new Field("compute", PlainShape.Object),
        new Field("metadata", PlainShape.Object))
    { IsOpen = true };

    private static ObjectShape Run => new(
        new Field("framework", new TextShape()),
        new Field("framework_version", new TextShape()),
        new Field("code_digest", new DigestShape()),
        new Field("code_uri", new TextShape()),
        new Field("environment_digest", new DigestShape()),
        new Field("environment_uri", new TextShape()))
    { IsOpen = true };

    private static ObjectShape Named(string what, params Field[] more) => new(
    [
        new Field("digest", new DigestShape()),
        new Field("uri", new TextShape()),
        new Field("name", new TextShape()),
        .. more,
    ])
    { IsOpen = true, What = what, AtLeastOneOf = ["digest", "uri", "name"] };

    internal override IEnumerable<Reference> References(JsonObject content)
    {
        foreach (var reference in References(content, "parent_models").Concat(References(content, "datasets")))
        {
            yield return reference;
        }

        if (content["training_run"] is JsonObject run)
        {
            yield return new Reference("training_run.code_digest", run["code_digest"] is not null);
            yield return new Reference("training_run.environment_digest", run["environment_digest"] is not null);
        }
    }

    public override JsonObject Template() => new()
    {
        ["parent_models"] = new JsonArray(new JsonObject
        {
            ["name"] = "example-base-7b",
            ["uri"] = "hf://example/base-7b",
            ["digest"] = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        }),
        ["datasets"] = new JsonArray(new JsonObject
        {
            ["name"] = "example-instructions",
            ["uri"] = "hf://datasets/example/instructions",
            ["split"] = "train",
        }),
        ["training_run"] = new JsonObject
        {
            ["framework"] = "pytorch",
            ["framework_version"] = "2.6.0",
            ["code_uri"] = "https://example.com/training@0123456789abcdef0123456789abcdef01234567",
        },
        ["hyperparameters"] = new JsonObject { ["learning_rate"] = 0.00002, ["epochs"] = 3, ["seed"] = 42 },
        ["compute"] = new JsonObject { ["accelerator"] = "8 x H100", ["hours"] = 12 },
    };
}
