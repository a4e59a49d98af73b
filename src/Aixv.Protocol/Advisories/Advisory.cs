using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Advisories;

/// <summary>A claim about the trustworthiness of artifacts (protocol §2): payload of advisory records and of advisory attestations.</summary>
public sealed partial record Advisory
{
    /// <summary>Optional members; without <c>class</c>, the class follows from the reason code (<see cref="ClassOf"/>).</summary>
    internal static ObjectShape Shape { get; } = new(
        new Field("advisory_id", Records.RecordId.Shape, Required: true),
        new Field("affected", new ListShape(AffectedTarget.Shape, minimum: 1), Required: true),
        new Field("severity", Words.ShapeOf<Severity>(), Required: true),
        new Field("status", Words.ShapeOf<AdvisoryStatus>(), Required: true),
        new Field("reason_code", new TextShape(), Required: true),
        new Field("class", Words.ShapeOf<AdvisoryClass>()),
        new Field("recommended_actions", new ListShape(new TextShape(), maximum: 100)));

    public required string Id { get; init; }

    public required ImmutableArray<AffectedTarget> Affected { get; init; }

    public required Severity Severity { get; init; }

    public required AdvisoryStatus Status { get; init; }

    public required string ReasonCode { get; init; }

    /// <summary>The class as the advisory states it, or null.</summary>
    public AdvisoryClass? StatedClass { get; init; }

    public ImmutableArray<string> RecommendedActions { get; init; } = [];

    /// <summary>What is wrong: as stated, else by the reason code.</summary>
    public AdvisoryClass Class => StatedClass ?? ClassOf(ReasonCode);

    /// <summary>Whether the advisory names this very digest.</summary>
    public bool Names(Digest digest) => Affected.Any(target => target.Digest == digest);

    /// <summary>The first word group that fits decides: tokenizer, dataset, licence, weights; else other.</summary>
    public static AdvisoryClass ClassOf(string reasonCode) =>
        TokenizerWords.IsMatch(reasonCode) ? AdvisoryClass.Tokenizer
        : DatasetWords.IsMatch(reasonCode) ? AdvisoryClass.Dataset
        : LicenceWords.IsMatch(reasonCode) ? AdvisoryClass.Licence
        : WeightWords.IsMatch(reasonCode) ? AdvisoryClass.Weights
        : AdvisoryClass.Other;

    [GeneratedRegex("tokeni[sz]er|tokeni[sz]ation|vocab", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TokenizerWords { get; }

    [GeneratedRegex("data|corpus", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DatasetWords { get; }

    [GeneratedRegex("licen[cs]|copyright|terms", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LicenceWords { get; }

    [GeneratedRegex("weight|backdoor|poison|trojan|malware|malicious|tamper|compromis", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WeightWords { get; }

    /// <exception cref="FormatException">Not an advisory; the message names every place.</exception>
    public static Advisory Read(JsonObject payload) => FromChecked(Shape.Read(payload, "advisory"));

    internal static Advisory FromChecked(JsonObject json) => new()
    {
        Id = json.RequiredText("advisory_id"),
        Affected = [.. json.Objects("affected").Select(AffectedTarget.Read)],
        Severity = Words.Parse<Severity>(json.RequiredText("severity")),
        Status = Words.Parse<AdvisoryStatus>(json.RequiredText("status")),
        ReasonCode = json.RequiredText("reason_code"),
        StatedClass = json.Text("class") is { } word ? Words.Parse<AdvisoryClass>(word) : null,
        RecommendedActions = json.Texts("recommended_actions"),
    };

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["advisory_id"] = Id,
            ["affected"] = new JsonArray([.. Affected.Select(target => target.ToJson())]),
            ["reason_code"] = ReasonCode,
            ["recommended_actions"] = RecommendedActions.ToJson(),
            ["severity"] = Words.Of(Severity),
            ["status"] = Words.Of(Status),
        };
        json.AddIfAny("class", StatedClass is { } stated ? Words.Of(stated) : null);
        return json;
    }
}
