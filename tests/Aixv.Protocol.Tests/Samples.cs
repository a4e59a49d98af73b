using System.Text.Json.Nodes;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests;

/// <summary>Documents that are right, for tests to spoil.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly Digest Model = Digest.Of("model"u8);

    public static readonly Digest Base = Digest.Of("base"u8);

    public static JsonObject Json(string json) => JsonNode.Parse(json)!.AsObject();

    public static JsonObject Policy => Json("""
        {
          "policy_type": "aixv.policy/v1",
          "allow_subjects": ["release@example.org"],
          "advisory_allow_subjects": ["security@example.org"],
          "max_bundle_age_days": 30,
          "deny_advisory_severity_at_or_above": "high",
          "require_no_active_advisories": false,
          "require_signed_advisories": true
        }
        """);

    public static JsonObject Advisory(string id = "ADV-2026-0001", string status = "active", string severity = "critical") => new()
    {
        ["advisory_id"] = id,
        ["affected"] = new JsonArray(new JsonObject { ["digest"] = Model.ToString() }),
        ["severity"] = severity,
        ["status"] = status,
        ["reason_code"] = "poisoned-weights",
        ["recommended_actions"] = new JsonArray("roll back"),
    };

    public static JsonObject Waiver => new()
    {
        ["waiver_id"] = "WVR-1",
        ["policy_id"] = "production",
        ["artifact_digests"] = new JsonArray(Model.ToString()),
        ["advisory_ids"] = new JsonArray("ADV-2026-0001"),
        ["reason"] = "mitigated by filtering at the gateway",
        ["approver"] = "Jane Doe",
        ["expires_at"] = "2026-07-01T00:00:00+00:00",
    };

    public static SignedRecord Record(string kind, string id, JsonObject payload) => new(kind, RecordId.Parse(id), Now, payload);
}
