namespace Aixv.Protocol.Admission.Rules;

/// <summary>Whether the signature's verified time fits the clock and the policy's age.</summary>
internal static class FreshnessRule
{
    private const string Rule = "freshness";

    public static EvaluationNode Judge(AdmissionCase admission, SignatureEvidence signature)
    {
        var limit = admission.Policy.MaxBundleAgeDays;
        if (signature.IntegratedTime is not { } time)
        {
            return limit is null
                ? EvaluationNode.NotAsked(Rule, "no verified time")
                : EvaluationNode.Failed(Rule, new Violation(
                    ViolationCode.TimeMissing, "the signature has no verified time, so its age is not known", "max_bundle_age_days", "sign with a timestamp authority or a log that gives a time"));
        }

        var age = admission.AgeOf(time);
        if (age < -admission.Skew)
        {
            return EvaluationNode.Failed(Rule, new Violation(
                ViolationCode.BundleFromFuture,
                $"the signature of {AdmissionCase.Text(time)} is later than the clock, {AdmissionCase.Text(admission.Now)}, by more than {admission.Policy.ClockSkewSeconds} s",
                "clock_skew_seconds",
                "set the clock right: with a clock set back, nothing would ever be too old"));
        }

        if (limit is not { } days)
        {
            return EvaluationNode.NotAsked(Rule, $"signed {AdmissionCase.Text(time)}; the policy sets no age");
        }

        return age > TimeSpan.FromDays(days) + admission.Skew
            ? EvaluationNode.Failed(Rule, new Violation(
                ViolationCode.BundleTooOld,
                $"the signature of {AdmissionCase.Text(time)} is {(int)age.TotalDays} days old, at most {days} are allowed",
                "max_bundle_age_days",
                "have the artifact reviewed and signed anew"))
            : EvaluationNode.Passed(Rule, $"signed {AdmissionCase.Text(time)}, at most {days} days ago");
    }
}
