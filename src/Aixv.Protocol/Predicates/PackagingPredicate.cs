using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Predicates;

/// <summary>How artifacts were made into others without training: quantised, merged, exported (protocol §2).</summary>
internal sealed class PackagingPredicate() : PredicateType("packaging", "v1", Fields)
{
    private static ObjectShape Fields => new(
        new Field("inputs", new ListShape(new DigestShape(), minimum: 1), Required: true),
        new Field("outputs", new ListShape(new DigestShape(), minimum: 1), Required: true),
        new Field("transform_type", TextShape.OneOf("quantize", "merge-adapter", "export", "prune", "convert"), Required: true),
        new Field("toolchain", new ListShape(Tool)))
    { IsOpen = true };

    private static ObjectShape Tool => new(new Field("name", new TextShape(), Required: true), new Field("version", new TextShape())) { IsOpen = true };

    internal override IEnumerable<Reference> References(JsonObject content) => [];

    public override JsonObject Template() => new()
    {
        ["inputs"] = new JsonArray("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ["outputs"] = new JsonArray("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ["transform_type"] = "quantize",
        ["toolchain"] = new JsonArray(new JsonObject { ["name"] = "llama.cpp", ["version"] = "b4600" }),
    };
}
