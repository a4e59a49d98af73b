namespace Aixv.Protocol.Admission.Rules;

/// <summary>Whether a trusted bundle holds the artifact together with what the policy names.</summary>
internal static class BundleRule
{
    private const string Rule = "bundle members";

    public static EvaluationNode Judge(AdmissionCase admission)
    {
        var required = admission.Policy.MandatoryBundleMembers;
        if (required.IsEmpty)
        {
            return EvaluationNode.NotAsked(Rule, "the policy asks for none");
        }

        var trusted = admission.Evidence.Bundles
            .Where(bundle => bundle.Signer is { } signer && admission.Trust.TrustsForLineage(signer.Subject, signer.Issuer) && bundle.Members.Contains(admission.Evidence.Artifact))
            .ToList();
        if (trusted.FirstOrDefault(bundle => required.All(bundle.Members.Contains)) is { } complete)
        {
            return EvaluationNode.Passed(Rule, $"bundle {complete.BundleId} by {complete.Signer}");
        }

        var found = trusted.Count == 0 ? "no trusted bundle holds the artifact"
            : $"bundle {trusted[0].BundleId} lacks {string.Join(", ", required.Where(digest => !trusted[0].Members.Contains(digest)))}";
        return EvaluationNode.Failed(Rule, new Violation(
            ViolationCode.BundleMemberMissing,
            $"the artifact must be in one bundle with {string.Join(", ", required)}: {found}",
            "mandatory_bundle_members",
            "aixv bundle create --input FILE --sign, with these members, by a trusted subject"));
    }
}
