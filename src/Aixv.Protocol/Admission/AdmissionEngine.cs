using System.Text.Json.Nodes;
using Aixv.Protocol.Admission.Rules;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Admission;

/// <summary>
/// Decides on admission: a pure function of evidence, policy and time. The same three give the same bytes. Any violation denies; waivers
/// lift only what they name. Safe for concurrent use; build one for a policy and judge many artifacts.
/// </summary>
public sealed class AdmissionEngine
{
    private readonly Policy policy;
    private readonly PolicyTrust trust;
    private readonly Digest fingerprint;

    public AdmissionEngine(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        this.policy = policy;
        trust = new PolicyTrust(policy);
        fingerprint = policy.Fingerprint;
    }

    public static AdmissionDecision Decide(Evidence evidence, Policy policy, DateTimeOffset now) => new AdmissionEngine(policy).Decide(evidence, now);

    /// <param name="now">The time to judge by; seconds count.</param>
    public AdmissionDecision Decide(Evidence evidence, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var admission = new AdmissionCase(evidence, policy, trust, AdmissionCase.Second(now));
        var (signature, best) = SignatureRule.Judge(admission);
        var tree = EvaluationNode.Of("admission", evidence.Artifact.ToString(),
        [
            signature,
            AdvisoryRule.Judge(admission),
            PredicateRule.Judge(admission),
            BundleRule.Judge(admission),
            LineageRule.Judge(admission),
        ]);
        var violations = tree.AllViolations().ToList();
        var (waived, waivers) = WaiverRule.Judge(admission, violations, fingerprint);
        var decision = violations.Count == 0 ? Decision.Allow
            : violations.All(waived.ContainsKey) ? Decision.AllowWithWaiver
            : Decision.Deny;
        var marked = tree.WithWaived(waived);
        return new AdmissionDecision
        {
            Decision = decision,
            DecidedAt = admission.Now,
            PolicyId = evidence.PolicyId,
            PolicyDigest = fingerprint,
            Violations = [.. violations],
            Waived = waived,
            Summary = Summarize(admission, best),
            Evaluation = waivers.Count == 0 ? marked : marked with { Children = [.. marked.Children, EvaluationNode.Of("waivers", $"{waivers.Count} found", waivers)] },
        };
    }

    private static JsonObject Summarize(AdmissionCase admission, SignatureEvidence? signature)
    {
        var evidence = admission.Evidence;
        var advisories = AdvisoryRule.Effective(admission).ToList();
        return new JsonObject
        {
            ["artifact_digest"] = evidence.Artifact.ToString(),
            ["artifact_type"] = evidence.ArtifactType,
            ["advisory_count"] = advisories.Count,
            ["trusted_active_advisory_count"] = advisories.Count(a => a.Status == AdvisoryStatus.Active),
            ["advisories"] = advisories.Select(a => a.Id).ToJson(),
            ["attestation_count"] = evidence.Attestations.Length,
            ["bundles"] = evidence.Bundles.Select(b => b.BundleId).ToJson(),
            ["verified_subjects"] = evidence.Signatures.Select(s => s.Signer.Subject).Distinct(StringComparer.Ordinal).ToJson(),
            ["verified_issuer"] = signature?.Signer.Issuer,
            ["integrated_time"] = signature?.IntegratedTime?.ToText(),
            ["trust_root"] = evidence.TrustRoot,
            ["evidence_digest"] = Digest.Of(evidence.ToBytes()).ToString(),
        };
    }
}
