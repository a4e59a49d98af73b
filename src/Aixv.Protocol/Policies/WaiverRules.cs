using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Policies;

/// <summary>Whose waivers a policy accepts. Without these rules it accepts none.</summary>
/// <param name="AllowSubjects">At least one.</param>
/// <param name="AllowIssuers">Empty allows every issuer.</param>
/// <param name="MaxAgeDays">How old a waiver's signature may be, or null.</param>
public sealed record WaiverRules(ImmutableArray<string> AllowSubjects, ImmutableArray<string> AllowIssuers, int? MaxAgeDays)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("allow_subjects", new ListShape(new TextShape(), minimum: 1), Required: true),
        new Field("allow_issuers", new ListShape(new TextShape())),
        new Field("max_age_days", new IntegerShape(1, 36_500)));

    internal static WaiverRules Read(JsonObject json) => new(json.Texts("allow_subjects"), json.Texts("allow_issuers"), json.Integer("max_age_days"));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["allow_subjects"] = AllowSubjects.ToJson() };
        json.AddIfAny("allow_issuers", AllowIssuers.ToJson());
        json.AddIfAny("max_age_days", MaxAgeDays);
        return json;
    }
}
