using System.Collections.Immutable;

namespace Aixv.Protocol.Policies;

/// <summary>Whether a policy asks for as much as an assurance level does.</summary>
public static class AssuranceGate
{
    /// <summary>The level's name as users write it.</summary>
    public static string NameOf(AssuranceLevel level) => level switch
    {
        AssuranceLevel.Level1 => "level-1",
        AssuranceLevel.Level2 => "level-2",
        AssuranceLevel.Level3 => "level-3",
    };

    /// <exception cref="FormatException">No such level.</exception>
    public static AssuranceLevel Parse(string name) => Enum.GetValues<AssuranceLevel>().FirstOrDefault(level => NameOf(level) == name) is var found && found != default
        ? found
        : throw new FormatException($"unknown assurance level: {name} (known: level-1, level-2, level-3)");

    /// <summary>What is missing for the level, each a sentence; empty when nothing is. Callers join them with <c>; </c>.</summary>
    /// <param name="policy">Null without a policy.</param>
    /// <param name="verifiesPolicySignature">Whether the policy's own signature is verified.</param>
    public static ImmutableArray<string> Check(AssuranceLevel level, Policy? policy, bool verifiesPolicySignature)
    {
        var prefix = $"assurance level {NameOf(level)} requires";
        if (level == AssuranceLevel.Level1)
        {
            return [];
        }

        if (policy is null)
        {
            return [$"{prefix} --policy"];
        }

        var missing = new List<string>();
        void Require(bool holds, string what)
        {
            if (!holds)
            {
                missing.Add($"{prefix} {what}");
            }
        }

        Require(verifiesPolicySignature, "signed policy verification");
        Require(policy.RequireSignedAdvisories, "require_signed_advisories=true");
        Require(!new PolicyTrust(policy).AdvisorySubjects.IsEmpty, "advisory trust subjects via advisory_allow_subjects or subject/allow_subjects");
        if (level == AssuranceLevel.Level3)
        {
            Require(policy.MaxBundleAgeDays is not null, "max_bundle_age_days");
            Require(policy.RequireNoActiveAdvisories, "require_no_active_advisories=true");
        }

        return [.. missing];
    }
}
