using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Records;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Policies;

/// <summary>The members of <c>aixv.policy/v1</c>, strict, and what they must not say together.</summary>
internal static class PolicyReader
{
    internal static ObjectShape Shape { get; } = new(
        new Field("policy_type", TextShape.OneOf(Policy.Type), Required: true),
        new Field("subject", new TextShape()),
        new Field("issuer", new TextShape()),
        new Field("allow_subjects", Names),
        new Field("allow_subject_patterns", Names),
        new Field("deny_subjects", Names),
        new Field("deny_subject_patterns", Names),
        new Field("allow_issuers", Names),
        new Field("allow_issuer_patterns", Names),
        new Field("deny_issuers", Names),
        new Field("deny_issuer_patterns", Names),
        new Field("public_keys", new ListShape(new TextShape(), maximum: ManagedKeys.MaximumCount)),
        new Field("certificate_claims", CertificateRules.Shape),
        new Field("max_bundle_age_days", new IntegerShape(1, 36_500)),
        new Field("clock_skew_seconds", new IntegerShape(0, 86_400)),
        new Field("transparency_required", PlainShape.Boolean),
        new Field("deny_advisory_severity_at_or_above", Words.ShapeOf<Severity>()),
        new Field("require_no_active_advisories", PlainShape.Boolean),
        new Field("require_signed_advisories", PlainShape.Boolean),
        new Field("advisory_allow_subjects", Names),
        new Field("advisory_allow_issuers", Names),
        new Field("advisory_scope", Words.ShapeOf<AdvisoryScope>()),
        new Field("advisory_reach", ReachRules.Shape),
        new Field("required_predicates", new MapShape(new ListShape(new TextShape()))),
        new Field("mandatory_bundle_members", new ListShape(new DigestShape())),
        new Field("lineage", LineageRules.Shape),
        new Field("waivers", WaiverRules.Shape));

    private static ListShape Names => new(new TextShape(), maximum: 100_000);

    public static Policy Read(JsonObject document) => FromChecked(Shape.Read(document, "policy"));

    public static Policy FromChecked(JsonObject json)
    {
        var policy = new Policy
        {
            Subject = json.Text("subject"),
            Issuer = json.Text("issuer"),
            AllowSubjects = Distinct(json, "allow_subjects"),
            AllowSubjectPatterns = Distinct(json, "allow_subject_patterns"),
            DenySubjects = Distinct(json, "deny_subjects"),
            DenySubjectPatterns = Distinct(json, "deny_subject_patterns"),
            AllowIssuers = Distinct(json, "allow_issuers"),
            AllowIssuerPatterns = Distinct(json, "allow_issuer_patterns"),
            DenyIssuers = Distinct(json, "deny_issuers"),
            DenyIssuerPatterns = Distinct(json, "deny_issuer_patterns"),
            PublicKeys = Distinct(json, "public_keys"),
            CertificateClaims = json["certificate_claims"] is JsonObject claims ? CertificateRules.Read(claims) : null,
            MaxBundleAgeDays = json.Integer("max_bundle_age_days"),
            ClockSkewSeconds = json.Integer("clock_skew_seconds") ?? Policy.DefaultClockSkewSeconds,
            TransparencyRequired = json.Flag("transparency_required", absent: true),
            DenyAdvisorySeverityAtOrAbove = json.Text("deny_advisory_severity_at_or_above") is { } severity ? Words.Parse<Severity>(severity) : null,
            RequireNoActiveAdvisories = json.Flag("require_no_active_advisories"),
            RequireSignedAdvisories = json.Flag("require_signed_advisories", absent: true),
            AdvisoryAllowSubjects = Distinct(json, "advisory_allow_subjects"),
            AdvisoryAllowIssuers = Distinct(json, "advisory_allow_issuers"),
            AdvisoryScope = json.Text("advisory_scope") is { } scope ? Words.Parse<AdvisoryScope>(scope) : AdvisoryScope.Self,
            AdvisoryReach = json["advisory_reach"]?.DeepClone().AsObject(),
            RequiredPredicates = json["required_predicates"] is JsonObject required
                ? required.ToImmutableSortedDictionary(r => r.Key, r => Distinct(required, r.Key), StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty,
            MandatoryBundleMembers = [.. json.Digests("mandatory_bundle_members").Distinct()],
            Lineage = json["lineage"] is JsonObject lineage ? LineageRules.Read(lineage) : null,
            Waivers = json["waivers"] is JsonObject waivers ? WaiverRules.Read(waivers) : null,
        };
        RequireSense(policy);
        return policy;
    }

    private static void RequireSense(Policy policy)
    {
        var faults = new Faults();
        for (var i = 0; i < policy.PublicKeys.Length; i++)
        {
            if (!PolicyKeys.TryParse(policy.PublicKeys[i], out _, out var problem))
            {
                faults.Add($"$.public_keys[{i}]", problem);
            }
        }

        faults.ThrowIfAny("policy");
        var trust = new PolicyTrust(policy);
        if (policy.RequireSignedAdvisories && policy.EnforcesAdvisories && trust.AdvisorySubjects.IsEmpty)
        {
            faults.Add("$.require_signed_advisories", "signed advisories are required and no subject is trusted to sign them: set advisory_allow_subjects, allow_subjects or subject, or require_signed_advisories to false");
        }

        if (policy.Lineage is { RequireSignedAncestors: true } && trust.LineageSubjects.IsEmpty)
        {
            faults.Add("$.lineage.require_signed_ancestors", "signed ancestors are required and no subject is trusted to sign them: set lineage.allow_subjects, allow_subjects or subject");
        }

        foreach (var (type, aliases) in policy.RequiredPredicates)
        {
            foreach (var alias in aliases.Where(a => Predicates.PredicateTypes.Find(a) is null && !a.Contains(':', StringComparison.Ordinal)))
            {
                faults.Add($"$.required_predicates.{type}", $"found '{alias}', allowed: {string.Join(", ", Predicates.PredicateTypes.All.Select(t => t.Alias))}, or a full predicate type URI");
            }
        }

        faults.ThrowIfAny("policy");
    }

    private static ImmutableArray<string> Distinct(JsonObject json, string name) => [.. json.Texts(name).Distinct(StringComparer.Ordinal)];

    public static JsonObject Write(Policy policy)
    {
        var json = new JsonObject
        {
            ["policy_type"] = Policy.Type,
            ["require_no_active_advisories"] = policy.RequireNoActiveAdvisories,
            ["require_signed_advisories"] = policy.RequireSignedAdvisories,
        };
        json.AddIfAny("subject", policy.Subject);
        json.AddIfAny("issuer", policy.Issuer);
        json.AddIfAny("allow_subjects", policy.AllowSubjects.ToJson());
        json.AddIfAny("allow_subject_patterns", policy.AllowSubjectPatterns.ToJson());
        json.AddIfAny("deny_subjects", policy.DenySubjects.ToJson());
        json.AddIfAny("deny_subject_patterns", policy.DenySubjectPatterns.ToJson());
        json.AddIfAny("allow_issuers", policy.AllowIssuers.ToJson());
        json.AddIfAny("allow_issuer_patterns", policy.AllowIssuerPatterns.ToJson());
        json.AddIfAny("deny_issuers", policy.DenyIssuers.ToJson());
        json.AddIfAny("deny_issuer_patterns", policy.DenyIssuerPatterns.ToJson());
        json.AddIfAny("public_keys", policy.PublicKeys.ToJson());
        json.AddIfAny("certificate_claims", policy.CertificateClaims?.ToJson());
        json.AddIfAny("max_bundle_age_days", policy.MaxBundleAgeDays);
        json.AddIfAny("clock_skew_seconds", policy.ClockSkewSeconds == Policy.DefaultClockSkewSeconds ? null : policy.ClockSkewSeconds);
        json.AddIfAny("transparency_required", policy.TransparencyRequired ? null : false);
        json.AddIfAny("deny_advisory_severity_at_or_above", policy.DenyAdvisorySeverityAtOrAbove is { } severity ? Words.Of(severity) : null);
        json.AddIfAny("advisory_allow_subjects", policy.AdvisoryAllowSubjects.ToJson());
        json.AddIfAny("advisory_allow_issuers", policy.AdvisoryAllowIssuers.ToJson());
        json.AddIfAny("advisory_scope", policy.AdvisoryScope == AdvisoryScope.Self ? null : Words.Of(policy.AdvisoryScope));
        json.AddIfAny("advisory_reach", policy.AdvisoryReach?.DeepClone());
        json.AddIfAny("mandatory_bundle_members", policy.MandatoryBundleMembers.ToJson());
        json.AddIfAny("lineage", policy.Lineage?.ToJson());
        json.AddIfAny("waivers", policy.Waivers?.ToJson());
        if (!policy.RequiredPredicates.IsEmpty)
        {
            json["required_predicates"] = new JsonObject(policy.RequiredPredicates.Select(r => KeyValuePair.Create<string, JsonNode?>(r.Key, r.Value.ToJson())));
        }

        return json;
    }
}
