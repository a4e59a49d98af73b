using Aixv.Protocol.Policies;
using Aixv.Protocol.Records;

namespace Aixv.Protocol.Admission.Rules;

/// <summary>Whether the signer is one that the policy and the caller allow. Denying goes first.</summary>
internal static class IdentityRule
{
    public static EvaluationNode Subject(AdmissionCase admission, SignerEvidence signer)
    {
        var trust = admission.Trust;
        if (trust.DeniedSubjects.Matches(signer.Subject))
        {
            return EvaluationNode.Failed("subject", new Violation(
                ViolationCode.SubjectDenied, $"signer {signer.Subject} is denied", "deny_subjects", "have somebody else sign, or take the name off deny_subjects"));
        }

        if (trust.Subjects.IsEmpty && admission.Evidence.ExpectedSubject is null)
        {
            return EvaluationNode.Failed("subject", new Violation(
                ViolationCode.SubjectNotConstrained,
                "subject identity constraints required: set --identity or policy.subject/allow_subjects",
                "allow_subjects",
                "say whose signature counts"));
        }

        return Among("subject", signer.Subject, trust.Subjects, admission.Evidence.ExpectedSubject, ViolationCode.SubjectNotAllowed, "allow_subjects");
    }

    public static EvaluationNode Issuer(AdmissionCase admission, SignerEvidence signer)
    {
        var trust = admission.Trust;
        if (trust.DeniedIssuers.Matches(signer.Issuer))
        {
            return EvaluationNode.Failed("issuer", new Violation(
                ViolationCode.IssuerDenied, $"issuer {signer.Issuer} is denied", "deny_issuers", "sign by an identity of another issuer"));
        }

        if (ManagedKeys.IsName(signer.Subject, signer.Issuer) && admission.Evidence.ExpectedIssuer is null)
        {
            return EvaluationNode.NotAsked("issuer", "a key has none");
        }

        return trust.Issuers.IsEmpty && admission.Evidence.ExpectedIssuer is null
            ? EvaluationNode.NotAsked("issuer", signer.Issuer ?? "no issuer")
            : Among("issuer", signer.Issuer, trust.Issuers, admission.Evidence.ExpectedIssuer, ViolationCode.IssuerNotAllowed, "allow_issuers");
    }

    private static EvaluationNode Among(string rule, string? found, NamePatterns allowed, string? expected, ViolationCode code, string field)
    {
        if (!allowed.IsEmpty && !allowed.Matches(found))
        {
            return EvaluationNode.Failed(rule, new Violation(
                code, $"{rule} {found ?? "(none)"} is not allowed, allowed: {allowed}", field, $"sign by an allowed {rule}, or add this one to {field}"));
        }

        return expected is not null && expected != found
            ? EvaluationNode.Failed(rule, new Violation(
                code, $"{rule} is {found ?? "(none)"}, expected: {expected}", rule == "subject" ? "--identity" : "--issuer", $"expect the {rule} that signs, or have the expected one sign"))
            : EvaluationNode.Passed(rule, found ?? "");
    }
}
