using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Admission;

/// <summary>One record of an advisory. All records of an advisory belong into the evidence when one of them reaches the artifact.</summary>
/// <param name="Advisory">What it says.</param>
/// <param name="Signer">Who signed it; null where nobody did, verifiably. Whether that counts is for the policy to say.</param>
/// <param name="IntegratedTime">When; of several records by trusted signers the latest holds.</param>
/// <param name="Sequence">The order of unsigned records, as the store numbers them.</param>
/// <param name="Paths">How it comes to the artifact; empty where it does not.</param>
public sealed record AdvisoryEvidence(
    Advisory Advisory, SignerEvidence? Signer, DateTimeOffset? IntegratedTime, int Sequence, ImmutableArray<ReachPath> Paths)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("advisory", Advisory.Shape, Required: true),
        new Field("signer", SignerEvidence.Shape),
        new Field("integrated_time", new TimeShape()),
        new Field("sequence", new IntegerShape(0, int.MaxValue)),
        new Field("paths", new ListShape(ReachPath.Shape)));

    internal static AdvisoryEvidence Read(JsonObject json) => new(
        Advisory.FromChecked(json["advisory"]!.AsObject()),
        SignerEvidence.Read(json, "signer"),
        json.Time("integrated_time"),
        json.Integer("sequence") ?? 0,
        [.. json.Objects("paths").Select(ReachPath.Read)]);

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["advisory"] = Advisory.ToJson(), ["sequence"] = Sequence };
        json.AddIfAny("signer", Signer?.ToJson());
        json.AddIfAny("integrated_time", IntegratedTime?.ToText());
        json.AddIfAny("paths", new JsonArray([.. Paths.Select(path => path.ToJson())]));
        return json;
    }
}
