using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Admission;

/// <summary>One ancestor of the artifact.</summary>
/// <param name="Digest">Null where it is only described.</param>
/// <param name="Name">A name or URI, for people and where there is no digest.</param>
/// <param name="Depth">Parents are at 1.</param>
/// <param name="Tier">Attested where its own attestation was verified.</param>
/// <param name="Signer">Who signed that attestation.</param>
public sealed record AncestorEvidence(Digest? Digest, string? Name, int Depth, EvidenceTier Tier, SignerEvidence? Signer)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("digest", new DigestShape()),
        new Field("name", new TextShape()),
        new Field("depth", new IntegerShape(1, int.MaxValue), Required: true),
        new Field("tier", Words.ShapeOf<EvidenceTier>(), Required: true),
        new Field("signer", SignerEvidence.Shape))
    { What = "an ancestor", AtLeastOneOf = ["digest", "name"] };

    internal static AncestorEvidence Read(JsonObject json) => new(
        json.Digest("digest"),
        json.Text("name"),
        json.Integer("depth")!.Value,
        Words.Parse<EvidenceTier>(json.RequiredText("tier")),
        SignerEvidence.Read(json, "signer"));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["depth"] = Depth, ["tier"] = Words.Of(Tier) };
        json.AddIfAny("digest", Digest?.ToString());
        json.AddIfAny("name", Name);
        json.AddIfAny("signer", Signer?.ToJson());
        return json;
    }

    public override string ToString() => Digest?.ToString() ?? Name ?? "";
}
