using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Admission.Rules;

/// <summary>Which waivers count, and for which violations.</summary>
internal static class WaiverRule
{
    /// <summary>Each accepted violation with its waiver's id, and every waiver with how it turned out.</summary>
    public static (Dictionary<Violation, string> Waived, List<EvaluationNode> Nodes) Judge(AdmissionCase admission, IReadOnlyList<Violation> violations, Digest policyFingerprint)
    {
        var waived = new Dictionary<Violation, string>();
        var nodes = new List<EvaluationNode>();
        foreach (var evidence in admission.Evidence.Waivers.OrderBy(w => w.Waiver.Id, StringComparer.Ordinal))
        {
            var name = $"waiver {evidence.Waiver.Id}";
            if (WhyNot(admission, evidence, policyFingerprint) is { } why)
            {
                nodes.Add(EvaluationNode.Ignored(name, why));
                continue;
            }

            var covered = violations.Where(evidence.Waiver.Names).ToList();
            foreach (var violation in covered)
            {
                waived.TryAdd(violation, evidence.Waiver.Id);
            }

            nodes.Add(covered.Count > 0
                ? EvaluationNode.Passed(name, $"accepts {string.Join(", ", covered.Select(v => v.AdvisoryId ?? v.Code.ToCode()))} until {AdmissionCase.Text(evidence.Waiver.ExpiresAt)}: {evidence.Waiver.Reason} ({evidence.Waiver.Approver})")
                : EvaluationNode.Ignored(name, "names none of the violations"));
        }

        return (waived, nodes);
    }

    private static string? WhyNot(AdmissionCase admission, WaiverEvidence evidence, Digest policyFingerprint)
    {
        var waiver = evidence.Waiver;
        if (admission.Policy.Waivers is not { } rules)
        {
            return "the policy accepts no waivers (waivers.allow_subjects)";
        }

        if (evidence.Signer is not { } signer)
        {
            return "its signature is not verified";
        }

        if (!admission.Trust.TrustsForWaivers(signer.Subject, signer.Issuer))
        {
            return $"signed by {signer}, whom the policy does not trust for waivers";
        }

        if (AdmissionCase.Second(waiver.ExpiresAt) <= admission.Now)
        {
            return $"expired {AdmissionCase.Text(waiver.ExpiresAt)}";
        }

        if (rules.MaxAgeDays is { } days && (evidence.IntegratedTime is not { } time || admission.AgeOf(time) > TimeSpan.FromDays(days) + admission.Skew))
        {
            return $"signed more than {days} days ago (waivers.max_age_days)";
        }

        if (waiver.Concerns(admission.Evidence.Artifact, admission.Evidence.PolicyId, policyFingerprint))
        {
            return null;
        }

        return waiver.ArtifactDigests.IsEmpty || waiver.ArtifactDigests.Contains(admission.Evidence.Artifact)
            ? $"of another policy: {waiver.PolicyId}, this is {admission.Evidence.PolicyId ?? policyFingerprint.ToString()}"
            : $"of another artifact: {string.Join(", ", waiver.ArtifactDigests)}";
    }
}
