using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Admission;

/// <summary>A step of the path by which an advisory comes to the artifact.</summary>
/// <param name="Kind">As <c>ReachRules.EdgeKinds</c> names it, or <c>bundle</c> for two members of one bundle.</param>
/// <param name="Parent">What <paramref name="Child"/> was made from; of a bundle, the member that is affected.</param>
/// <param name="Child">The other end.</param>
/// <param name="Tier">How well the edge is known.</param>
/// <param name="Signer">Who says so; null where nobody does, verifiably.</param>
/// <param name="InheritsTokenizer">Whether both ends are known to use the same tokenizer, by digest.</param>
public sealed record EdgeEvidence(string Kind, Digest Parent, Digest Child, EvidenceTier Tier, SignerEvidence? Signer, bool InheritsTokenizer = false)
{
    /// <summary>The kind of an edge between two members of one bundle.</summary>
    public const string BundleKind = "bundle";

    internal static ObjectShape Shape { get; } = new(
        new Field("kind", new TextShape(), Required: true),
        new Field("parent", new DigestShape(), Required: true),
        new Field("child", new DigestShape(), Required: true),
        new Field("tier", Words.ShapeOf<EvidenceTier>(), Required: true),
        new Field("signer", SignerEvidence.Shape),
        new Field("inherits_tokenizer", PlainShape.Boolean));

    internal static EdgeEvidence Read(JsonObject json) => new(
        json.RequiredText("kind"),
        json.Digest("parent")!,
        json.Digest("child")!,
        Words.Parse<EvidenceTier>(json.RequiredText("tier")),
        SignerEvidence.Read(json, "signer"),
        json.Flag("inherits_tokenizer"));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["kind"] = Kind, ["parent"] = Parent.ToString(), ["child"] = Child.ToString(), ["tier"] = Words.Of(Tier) };
        json.AddIfAny("signer", Signer?.ToJson());
        json.AddIfAny("inherits_tokenizer", InheritsTokenizer ? true : null);
        return json;
    }
}
