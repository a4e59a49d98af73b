using System.Collections.Immutable;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Records;

namespace Aixv.Protocol.Policies;

/// <summary>Whom a policy trusts for what, with its fallbacks worked out (protocol §2). Build once, use for many artifacts.</summary>
public sealed class PolicyTrust
{
    public PolicyTrust(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ImmutableArray<string> subject = policy.Subject is { } s ? [s] : [];
        ImmutableArray<string> issuer = policy.Issuer is { } i ? [i] : [];
        Subjects = new NamePatterns([.. subject, .. policy.AllowSubjects], policy.AllowSubjectPatterns);
        Issuers = new NamePatterns([.. issuer, .. policy.AllowIssuers], policy.AllowIssuerPatterns);
        DeniedSubjects = new NamePatterns(policy.DenySubjects, policy.DenySubjectPatterns);
        DeniedIssuers = new NamePatterns(policy.DenyIssuers, policy.DenyIssuerPatterns);

        var allowed = new NamePatterns(policy.AllowSubjects, policy.AllowSubjectPatterns);
        var allowedIssuers = new NamePatterns(policy.AllowIssuers, policy.AllowIssuerPatterns);
        AdvisorySubjects = First(new NamePatterns(policy.AdvisoryAllowSubjects), allowed, new NamePatterns(subject));
        AdvisoryIssuers = First(new NamePatterns(policy.AdvisoryAllowIssuers), allowedIssuers, new NamePatterns(issuer));
        LineageSubjects = First(new NamePatterns(policy.Lineage?.AllowSubjects ?? []), Subjects);
        LineageIssuers = policy.Lineage is { AllowSubjects.IsEmpty: false } own
            ? new NamePatterns(own.AllowIssuers)
            : First(new NamePatterns(policy.Lineage?.AllowIssuers ?? []), Issuers);
        WaiverSubjects = new NamePatterns(policy.Waivers?.AllowSubjects ?? []);
        WaiverIssuers = new NamePatterns(policy.Waivers?.AllowIssuers ?? []);
        Keys = PolicyKeys.Of(policy);
        Reach = policy.AdvisoryReach is { } overrides ? ReachRules.Default.With(overrides) : ReachRules.Default;
    }

    /// <summary>The managed keys that signatures are verified with; whether such a signature counts is for the subjects below to say.</summary>
    public ManagedKeys Keys { get; }

    /// <summary>Who may sign artifacts; empty where the policy does not say.</summary>
    public NamePatterns Subjects { get; }

    public NamePatterns Issuers { get; }

    public NamePatterns DeniedSubjects { get; }

    public NamePatterns DeniedIssuers { get; }

    /// <summary>Who may sign advisories: advisory_allow_subjects, else allow_subjects, else subject.</summary>
    public NamePatterns AdvisorySubjects { get; }

    public NamePatterns AdvisoryIssuers { get; }

    /// <summary>Whose attestations make edges of the lineage count: lineage.allow_subjects, else who may sign artifacts.</summary>
    public NamePatterns LineageSubjects { get; }

    public NamePatterns LineageIssuers { get; }

    /// <summary>Whose waivers count; nobody's where the policy does not say.</summary>
    public NamePatterns WaiverSubjects { get; }

    public NamePatterns WaiverIssuers { get; }

    /// <summary>The table of advisory reach, with the policy's overrides.</summary>
    public ReachRules Reach { get; }

    /// <summary>Whether a signer may change a decision about lineage. The policy's denied names never may.</summary>
    public bool TrustsForLineage(string subject, string? issuer) => Trusts(LineageSubjects, LineageIssuers, subject, issuer);

    public bool TrustsForAdvisories(string subject, string? issuer) => Trusts(AdvisorySubjects, AdvisoryIssuers, subject, issuer);

    public bool TrustsForWaivers(string subject, string? issuer) => Trusts(WaiverSubjects, WaiverIssuers, subject, issuer);

    private bool Trusts(NamePatterns subjects, NamePatterns issuers, string subject, string? issuer) =>
        subjects.Matches(subject) && (issuers.IsEmpty || issuers.Matches(issuer) || ManagedKeys.IsName(subject, issuer))
        && !DeniedSubjects.Matches(subject) && !DeniedIssuers.Matches(issuer);

    private static NamePatterns First(params ReadOnlySpan<NamePatterns> candidates)
    {
        foreach (var candidate in candidates)
        {
            if (!candidate.IsEmpty)
            {
                return candidate;
            }
        }

        return candidates[^1];
    }
}
