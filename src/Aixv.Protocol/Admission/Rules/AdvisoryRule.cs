using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Admission.Rules;

/// <summary>Which advisories reach the artifact by the policy's rules, and whether it takes them.</summary>
internal static class AdvisoryRule
{
    private const string Rule = "advisories";

    public static EvaluationNode Judge(AdmissionCase admission)
    {
        var nodes = new List<EvaluationNode>();
        if (!admission.Evidence.Unreadable.IsEmpty && admission.Policy.EnforcesAdvisories)
        {
            nodes.Add(EvaluationNode.Failed("advisory store", new Violation(
                ViolationCode.AdvisoriesUnreadable,
                $"{admission.Evidence.Unreadable.Length} files of the advisory store cannot be read, so what they say is not known: {admission.Evidence.Unreadable[0]}",
                "deny_advisory_severity_at_or_above",
                "run aixv store check and restore the files, or sync the feed again")));
        }

        foreach (var group in admission.Evidence.Advisories.GroupBy(a => a.Advisory.Id).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            nodes.AddRange(Judge(admission, [.. group]));
        }

        var effective = Effective(admission).Count();
        return EvaluationNode.Of(Rule, admission.Policy.EnforcesAdvisories ? $"{effective} that count" : $"{effective} that count; the policy denies none", nodes);
    }

    /// <summary>The standing of each advisory that counts and reaches the artifact.</summary>
    public static IEnumerable<Advisory> Effective(AdmissionCase admission) => admission.Evidence.Advisories
        .GroupBy(a => a.Advisory.Id)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(group => Standing(admission, [.. group]))
        .OfType<AdvisoryEvidence>()
        .Where(standing => Reaches(admission, standing) is null)
        .Select(standing => standing.Advisory);

    private static IEnumerable<EvaluationNode> Judge(AdmissionCase admission, IReadOnlyList<AdvisoryEvidence> records)
    {
        var name = $"advisory {records[0].Advisory.Id}";
        foreach (var record in records.Where(r => !Counts(admission, r)))
        {
            yield return EvaluationNode.Ignored(name, record.Signer is null
                ? "not signed, and the policy counts signed advisories only"
                : $"signed by {record.Signer}, whom the policy does not trust for advisories");
        }

        if (Standing(admission, records) is not { } standing)
        {
            yield break;
        }

        var says = $"{Words.Of(standing.Advisory.Severity)}, {Words.Of(standing.Advisory.Status)}, {standing.Advisory.ReasonCode}";
        if (Reaches(admission, standing) is { } whyNot)
        {
            yield return EvaluationNode.Ignored(name, $"{says}: {whyNot}");
        }
        else if (standing.Advisory.Status == AdvisoryStatus.Active && Denied(admission.Policy, standing.Advisory) is { } violation)
        {
            yield return EvaluationNode.Failed(name, violation);
        }
        else
        {
            yield return EvaluationNode.Passed(name, says);
        }
    }

    /// <summary>Of the records that count, the one that was signed last. Nobody may lift by another record what a trusted one says.</summary>
    private static AdvisoryEvidence? Standing(AdmissionCase admission, IReadOnlyList<AdvisoryEvidence> records)
    {
        var counting = records.Where(r => Counts(admission, r)).ToLookup(r => IsTrusted(admission, r));
        var trusted = Last(counting[true]);
        var other = Last(counting[false]);
        return trusted is null || (trusted.Advisory.Status != AdvisoryStatus.Active && other is { Advisory.Status: AdvisoryStatus.Active }) ? other : trusted;
    }

    private static AdvisoryEvidence? Last(IEnumerable<AdvisoryEvidence> records) => records
        .OrderBy(r => r.IntegratedTime is { } time ? AdmissionCase.Second(time) : DateTimeOffset.MinValue)
        .ThenBy(r => r.Sequence)
        .LastOrDefault();

    private static bool Counts(AdmissionCase admission, AdvisoryEvidence record) => !admission.Policy.RequireSignedAdvisories || IsTrusted(admission, record);

    private static bool IsTrusted(AdmissionCase admission, AdvisoryEvidence record) =>
        record.Signer is { } signer && admission.Trust.TrustsForAdvisories(signer.Subject, signer.Issuer);

    /// <summary>Null when it reaches the artifact, else why not.</summary>
    private static string? Reaches(AdmissionCase admission, AdvisoryEvidence record)
    {
        if (record.Paths.IsEmpty)
        {
            return "it does not name this artifact";
        }

        string? first = null;
        foreach (var path in record.Paths)
        {
            if (WhyNot(admission, record.Advisory, path) is not { } why)
            {
                return null;
            }

            first ??= why;
        }

        return first;
    }

    private static string? WhyNot(AdmissionCase admission, Advisory advisory, ReachPath path)
    {
        if (path.By is not { } by)
        {
            return null;
        }

        if (admission.Policy.AdvisoryScope == AdvisoryScope.Self)
        {
            return $"it reaches the artifact by {Words.Of(by)}, and the policy counts only advisories that name it (advisory_scope)";
        }

        if (path.Edges.IsEmpty)
        {
            return $"it is said to reach the artifact by {Words.Of(by)}, and no edge proves it";
        }

        foreach (var edge in path.Edges)
        {
            if (edge.Tier != EvidenceTier.Attested || edge.Signer is not { } signer || !admission.Trust.TrustsForLineage(signer.Subject, signer.Issuer))
            {
                return $"the edge from {edge.Parent} to {edge.Child} is not attested by a trusted subject";
            }

            if (by == Selector.Descendants && !admission.Trust.Reach.Passes(edge.Kind, advisory.Class, edge.InheritsTokenizer))
            {
                return $"a defect of class {Words.Of(advisory.Class)} does not flow through {edge.Kind} from {edge.Parent} to {edge.Child} (advisory_reach)";
            }
        }

        return null;
    }

    private static Violation? Denied(Policy policy, Advisory advisory)
    {
        var severity = Words.Of(advisory.Severity);
        var remedy = advisory.RecommendedActions.IsEmpty ? "use another version, or have the advisory waived" : string.Join("; ", advisory.RecommendedActions);
        return policy.DenyAdvisorySeverityAtOrAbove is { } limit && advisory.Severity >= limit
            ? new Violation(
                ViolationCode.AdvisorySeverity,
                $"advisory {advisory.Id} ({advisory.ReasonCode}) is active with severity {severity}, denied at or above {Words.Of(limit)}",
                "deny_advisory_severity_at_or_above",
                remedy,
                advisory.Id)
            : policy.RequireNoActiveAdvisories
            ? new Violation(
                ViolationCode.AdvisoryActive,
                $"advisory {advisory.Id} ({advisory.ReasonCode}) is active with severity {severity}, and no active advisory is allowed",
                "require_no_active_advisories",
                remedy,
                advisory.Id)
            : null;
    }
}
