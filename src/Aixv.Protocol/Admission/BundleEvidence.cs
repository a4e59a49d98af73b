using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Admission;

/// <summary>A bundle of artifacts that has the artifact as a member.</summary>
/// <param name="Signer">Who signed it; null where nobody did, verifiably.</param>
public sealed record BundleEvidence(string BundleId, Digest Primary, ImmutableArray<Digest> Members, SignerEvidence? Signer, DateTimeOffset? IntegratedTime)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("bundle_id", new TextShape(), Required: true),
        new Field("primary", new DigestShape(), Required: true),
        new Field("members", new ListShape(new DigestShape()), Required: true),
        new Field("signer", SignerEvidence.Shape),
        new Field("integrated_time", new TimeShape()));

    internal static BundleEvidence Read(JsonObject json) => new(
        json.RequiredText("bundle_id"), json.Digest("primary")!, json.Digests("members"), SignerEvidence.Read(json, "signer"), json.Time("integrated_time"));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["bundle_id"] = BundleId, ["primary"] = Primary.ToString(), ["members"] = Members.ToJson() };
        json.AddIfAny("signer", Signer?.ToJson());
        json.AddIfAny("integrated_time", IntegratedTime?.ToText());
        return json;
    }
}
