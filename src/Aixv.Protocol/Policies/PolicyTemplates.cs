using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Policies;

/// <summary>A policy to start from, for each assurance level.</summary>
public static class PolicyTemplates
{
    /// <summary>Stands for the artifact's signer; nobody can sign by it.</summary>
    public const string SubjectPlaceholder = "release@example.com";

    /// <summary>Stands for the advisories' signer.</summary>
    public const string AdvisorySubjectPlaceholder = "security@example.com";

    /// <param name="advisorySubjects">Empty takes the placeholder.</param>
    /// <param name="maxBundleAgeDays">Asked for by level 3.</param>
    /// <exception cref="FormatException">Level 3 without an age, or an age out of bounds.</exception>
    public static JsonObject Create(AssuranceLevel level, IReadOnlyCollection<string> advisorySubjects, int? maxBundleAgeDays)
    {
        ArgumentNullException.ThrowIfNull(advisorySubjects);
        if (level == AssuranceLevel.Level3 && maxBundleAgeDays is null)
        {
            throw new FormatException("level-3 template requires --max-bundle-age-days");
        }

        var policy = new JsonObject
        {
            ["policy_type"] = Policy.Type,
            ["allow_subjects"] = new JsonArray(SubjectPlaceholder),
            ["max_bundle_age_days"] = maxBundleAgeDays,
            ["require_no_active_advisories"] = level == AssuranceLevel.Level3,
            ["require_signed_advisories"] = level != AssuranceLevel.Level1,
        };
        if (level != AssuranceLevel.Level1 || advisorySubjects.Count > 0)
        {
            policy["advisory_allow_subjects"] = (advisorySubjects.Count > 0 ? advisorySubjects : [AdvisorySubjectPlaceholder]).ToJson();
        }

        if (level != AssuranceLevel.Level1)
        {
            policy["deny_advisory_severity_at_or_above"] = "high";
        }

        return Policy.Read(policy).ToJson();
    }
}
