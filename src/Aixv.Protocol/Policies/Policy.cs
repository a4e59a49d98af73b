using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Policies;

/// <summary>What is asked of an artifact before it is admitted (<c>aixv.policy/v1</c>, docs/policy.md).</summary>
public sealed record Policy
{
    public const string Type = "aixv.policy/v1";

    /// <summary>How far clocks may be apart where a policy says nothing.</summary>
    public const int DefaultClockSkewSeconds = 300;

    /// <summary>The largest policy that is read, in bytes.</summary>
    public const int MaximumBytes = SignedRecord.MaximumBytes;

    public string? Subject { get; init; }

    public string? Issuer { get; init; }

    public ImmutableArray<string> AllowSubjects { get; init; } = [];

    public ImmutableArray<string> AllowSubjectPatterns { get; init; } = [];

    public ImmutableArray<string> DenySubjects { get; init; } = [];

    public ImmutableArray<string> DenySubjectPatterns { get; init; } = [];

    public ImmutableArray<string> AllowIssuers { get; init; } = [];

    public ImmutableArray<string> AllowIssuerPatterns { get; init; } = [];

    public ImmutableArray<string> DenyIssuers { get; init; } = [];

    public ImmutableArray<string> DenyIssuerPatterns { get; init; } = [];

    /// <summary>Managed keys, as PEM or as the base64 of a SubjectPublicKeyInfo. Having one trusts it for nothing: subjects name it as <c>key:sha256:HEX</c>.</summary>
    public ImmutableArray<string> PublicKeys { get; init; } = [];

    public CertificateRules? CertificateClaims { get; init; }

    public int? MaxBundleAgeDays { get; init; }

    public int ClockSkewSeconds { get; init; } = DefaultClockSkewSeconds;

    public bool TransparencyRequired { get; init; } = true;

    public Severity? DenyAdvisorySeverityAtOrAbove { get; init; }

    public bool RequireNoActiveAdvisories { get; init; }

    public bool RequireSignedAdvisories { get; init; } = true;

    public ImmutableArray<string> AdvisoryAllowSubjects { get; init; } = [];

    public ImmutableArray<string> AdvisoryAllowIssuers { get; init; } = [];

    public AdvisoryScope AdvisoryScope { get; init; } = AdvisoryScope.Self;

    /// <summary>The overrides of <see cref="ReachRules.Default"/> as written, or null.</summary>
    public JsonObject? AdvisoryReach { get; init; }

    /// <summary>Predicate aliases or URIs by artifact type; <c>*</c> is any type.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> RequiredPredicates { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    public ImmutableArray<Digest> MandatoryBundleMembers { get; init; } = [];

    public LineageRules? Lineage { get; init; }

    public WaiverRules? Waivers { get; init; }

    /// <summary>Whether any advisory can make a decision fall.</summary>
    public bool EnforcesAdvisories => RequireNoActiveAdvisories || DenyAdvisorySeverityAtOrAbove is not null;

    /// <summary>Reads a policy.</summary>
    /// <exception cref="FormatException">It does not fit, or contradicts itself; the message names every place.</exception>
    public static Policy Read(JsonObject json) => PolicyReader.Read(json);

    /// <summary>Reads a policy file: a policy as it is, or a signed record that carries one.</summary>
    /// <exception cref="FormatException">Neither.</exception>
    public static Policy Parse(ReadOnlyMemory<byte> utf8)
    {
        var json = SortedJson.ParseObject(utf8, "policy", MaximumBytes);
        if (json.ContainsKey("policy_type") || json["schema"]?.ToJsonString() != $"\"{SignedRecord.Schema}\"")
        {
            return Read(json);
        }

        var record = SignedRecord.Parse(utf8);
        return record.Kind == RecordKinds.Policy
            ? Read(record.Payload)
            : throw new FormatException($"record kind mismatch: expected policy, found {record.Kind}");
    }

    /// <summary>The policy with its defaults, in canonical form.</summary>
    public JsonObject ToJson() => PolicyReader.Write(this);

    /// <summary>The digest of the canonical form: two policies of one digest decide alike.</summary>
    public Digest Fingerprint => Digest.Of(SortedJson.Serialize(ToJson()));
}
