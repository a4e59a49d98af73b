using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Records;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Waivers;

/// <summary>Somebody's word that named violations of a policy are accepted until a date (kind <c>waiver</c>, protocol §2).</summary>
/// <remarks>It covers what it names and nothing else: advisories by id, other violations by code.</remarks>
public sealed record Waiver
{
    internal static ObjectShape Shape { get; } = new(
        new Field("waiver_id", RecordId.Shape, Required: true),
        new Field("policy_id", new TextShape(), Required: true),
        new Field("artifact_digests", new ListShape(new DigestShape())),
        new Field("advisory_ids", new ListShape(RecordId.Shape)),
        new Field("violations", new ListShape(Words.ShapeOf<ViolationCode>())),
        new Field("reason", new TextShape(), Required: true),
        new Field("approver", new TextShape(), Required: true),
        new Field("expires_at", new TimeShape(), Required: true));

    public required string Id { get; init; }

    /// <summary>The policy by its record id, or by its fingerprint as <c>sha256:…</c>.</summary>
    public required string PolicyId { get; init; }

    /// <summary>Which artifacts; empty means any.</summary>
    public ImmutableArray<Digest> ArtifactDigests { get; init; } = [];

    /// <summary>The advisories whose violations are accepted.</summary>
    public ImmutableArray<string> AdvisoryIds { get; init; } = [];

    /// <summary>The other violations that are accepted.</summary>
    public ImmutableArray<ViolationCode> Violations { get; init; } = [];

    public required string Reason { get; init; }

    public required string Approver { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <exception cref="FormatException">Not a waiver, or one that names nothing.</exception>
    public static Waiver Read(JsonObject payload) => FromChecked(Shape.Read(payload, "waiver"));

    internal static Waiver FromChecked(JsonObject json)
    {
        var waiver = new Waiver
        {
            Id = json.RequiredText("waiver_id"),
            PolicyId = json.RequiredText("policy_id"),
            ArtifactDigests = [.. json.Digests("artifact_digests").Distinct()],
            AdvisoryIds = [.. json.Texts("advisory_ids").Distinct(StringComparer.Ordinal)],
            Violations = [.. json.Texts("violations").Select(Words.Parse<ViolationCode>).Distinct()],
            Reason = json.RequiredText("reason"),
            Approver = json.RequiredText("approver"),
            ExpiresAt = json.Time("expires_at")!.Value,
        };
        waiver.RequireScope();
        return waiver;
    }

    private void RequireScope()
    {
        if (AdvisoryIds.IsEmpty && Violations.IsEmpty)
        {
            throw new FormatException("invalid waiver: $: a waiver covers only what it names: give advisory_ids, or violations with the codes of the decision to waive");
        }

        if (ArtifactDigests.IsEmpty && AdvisoryIds.IsEmpty)
        {
            throw new FormatException("invalid waiver: $: without advisory_ids a waiver needs artifact_digests: it would cover every artifact");
        }

        if (Violations.Where(code => !code.IsWaivable()).ToList() is [var first, ..])
        {
            throw new FormatException($"invalid waiver: $.violations: {Words.Of(first)} cannot be waived: without a verified signature nothing is known of the artifact");
        }
    }

    /// <summary>Whether the waiver is about this artifact under this policy.</summary>
    public bool Concerns(Digest artifact, string? policyId, Digest policyFingerprint) =>
        (PolicyId == policyId || PolicyId == policyFingerprint.ToString())
        && (ArtifactDigests.IsEmpty || ArtifactDigests.Contains(artifact));

    /// <summary>Whether the waiver names this violation.</summary>
    public bool Names(Violation violation)
    {
        ArgumentNullException.ThrowIfNull(violation);
        return violation.Code.IsWaivable()
            && (violation.AdvisoryId is { } advisory ? AdvisoryIds.Contains(advisory) : Violations.Contains(violation.Code));
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["waiver_id"] = Id,
            ["policy_id"] = PolicyId,
            ["reason"] = Reason,
            ["approver"] = Approver,
            ["expires_at"] = ExpiresAt.ToText(),
        };
        json.AddIfAny("artifact_digests", ArtifactDigests.ToJson());
        json.AddIfAny("advisory_ids", AdvisoryIds.ToJson());
        json.AddIfAny("violations", Violations.Select(code => Words.Of(code)).ToJson());
        return json;
    }
}
