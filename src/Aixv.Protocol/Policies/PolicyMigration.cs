using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Aixv.Protocol.Policies;

/// <summary>A policy raised to an assurance level. Nothing that it asks for is taken back.</summary>
/// <param name="Policy">The raised policy.</param>
/// <param name="Changed">The members that changed, by name.</param>
public sealed record PolicyMigration(Policy Policy, ImmutableArray<string> Changed)
{
    /// <param name="advisorySubjects">Added to those that the policy trusts for advisories.</param>
    /// <param name="maxBundleAgeDays">Taken where the policy has none, or a longer one.</param>
    /// <exception cref="FormatException">The level asks for something that neither the policy nor the arguments give.</exception>
    public static PolicyMigration Run(JsonObject policy, AssuranceLevel level, IReadOnlyCollection<string> advisorySubjects, int? maxBundleAgeDays)
    {
        ArgumentNullException.ThrowIfNull(advisorySubjects);
        var before = Policy.Read(policy);
        var raised = before;
        if (advisorySubjects.Count > 0)
        {
            raised = raised with { AdvisoryAllowSubjects = [.. before.AdvisoryAllowSubjects.Union(advisorySubjects, StringComparer.Ordinal)] };
        }

        if (maxBundleAgeDays is { } days)
        {
            raised = raised with { MaxBundleAgeDays = Math.Min(days, before.MaxBundleAgeDays ?? days) };
        }

        if (level >= AssuranceLevel.Level2)
        {
            raised = raised with { RequireSignedAdvisories = true };
            if (new PolicyTrust(raised).AdvisorySubjects.IsEmpty)
            {
                throw new FormatException($"{AssuranceGate.NameOf(level)} migration requires advisory trust subjects; pass --advisory-trusted-subject");
            }
        }

        if (level == AssuranceLevel.Level3)
        {
            raised = raised.MaxBundleAgeDays is null
                ? throw new FormatException("level-3 migration requires max_bundle_age_days; pass --max-bundle-age-days")
                : raised with { RequireNoActiveAdvisories = true };
        }

        var after = raised.ToJson();
        var from = before.ToJson();
        return new PolicyMigration(
            Policy.Read(after),
            [.. after.Where(member => !JsonNode.DeepEquals(member.Value, from[member.Key])).Select(member => member.Key).Order(StringComparer.Ordinal)]);
    }
}
