using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Admission;

/// <summary>Whether an artifact is admitted, and why (<c>aixv.admission-decision/v1</c>).</summary>
public sealed record AdmissionDecision
{
    public const string Schema = "aixv.admission-decision/v1";

    internal static ObjectShape Shape { get; } = new(
        new Field("schema", TextShape.OneOf(Schema), Required: true),
        new Field("decision", Words.ShapeOf<Decision>(), Required: true),
        new Field("decided_at", new TimeShape(), Required: true),
        new Field("policy_id", new TextShape()),
        new Field("policy_digest", new DigestShape(), Required: true),
        new Field("violations", new ListShape(ViolationShape), Required: true),
        new Field("evidence", PlainShape.Object, Required: true),
        new Field("evaluation", PlainShape.Object, Required: true));

    internal static ObjectShape ViolationShape => new(
        new Field("code", Words.ShapeOf<ViolationCode>(), Required: true),
        new Field("message", new TextShape(), Required: true),
        new Field("field", new TextShape(), Required: true),
        new Field("remedy", new TextShape(), Required: true),
        new Field("advisory_id", new TextShape()),
        new Field("waived_by", new TextShape()));

    public required Decision Decision { get; init; }

    /// <summary>The time that was judged by; whole seconds.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    public required string? PolicyId { get; init; }

    public required Digest PolicyDigest { get; init; }

    /// <summary>All violations, waived ones as well, in the order of the rules.</summary>
    public required ImmutableArray<Violation> Violations { get; init; }

    /// <summary>The waiver's id by violation.</summary>
    public required IReadOnlyDictionary<Violation, string> Waived { get; init; }

    /// <summary>The members that scripts read: artifact_digest, advisory_count, verified_subjects, verified_issuer, integrated_time, ….</summary>
    public required JsonObject Summary { get; init; }

    /// <summary>The evaluation as a tree.</summary>
    public required EvaluationNode Evaluation { get; init; }

    public bool IsAdmitted => Decision is Decision.Allow or Decision.AllowWithWaiver;

    /// <summary>The violations that nothing accepts, as sentences.</summary>
    public ImmutableArray<string> Messages => [.. Violations.Where(v => !Waived.ContainsKey(v)).Select(v => v.Message)];

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["schema"] = Schema,
            ["decision"] = Words.Of(Decision),
            ["decided_at"] = DecidedAt.ToText(),
            ["policy_digest"] = PolicyDigest.ToString(),
            ["violations"] = new JsonArray([.. Violations.Select(ToJson)]),
            ["evidence"] = Summary.DeepClone(),
            ["evaluation"] = Evaluation.ToJson(),
        };
        json.AddIfAny("policy_id", PolicyId);
        return json;
    }

    private JsonObject ToJson(Violation violation)
    {
        var json = violation.ToJson();
        json.AddIfAny("waived_by", Waived.GetValueOrDefault(violation));
        return json;
    }

    /// <summary>The same decision is the same bytes.</summary>
    public byte[] ToBytes() => SortedJson.Serialize(ToJson());
}
