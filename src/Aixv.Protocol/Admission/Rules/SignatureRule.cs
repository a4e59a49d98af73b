using Aixv.Protocol.Policies;

namespace Aixv.Protocol.Admission.Rules;

/// <summary>Who signed the artifact, by which workflow, when, and in which log. One signature must meet all of it.</summary>
internal static class SignatureRule
{
    /// <returns>How it turned out, and the signature that was judged best.</returns>
    public static (EvaluationNode Node, SignatureEvidence? Best) Judge(AdmissionCase admission)
    {
        var evidence = admission.Evidence;
        if (evidence.Signatures.IsEmpty)
        {
            var why = evidence.SignatureFailures.IsEmpty ? "none was found" : string.Join("; ", evidence.SignatureFailures);
            return (EvaluationNode.Failed("signature", new Violation(
                ViolationCode.SignatureNotVerified, $"no verified signature of the artifact: {why}", "signature", "sign the artifact, or give the bundle that belongs to it")), null);
        }

        var judged = evidence.Signatures.Select(signature => (Node: Judge(admission, signature), Signature: signature)).ToList();
        // The one with the least against it; of equals the first, so that a decision does not depend on anything else.
        var best = judged.MinBy(pair => pair.Node.AllViolations().Count());
        var others = judged.Where(pair => !ReferenceEquals(pair.Signature, best.Signature)).Select(pair => EvaluationNode.Ignored("other signature", pair.Node.Detail));
        return (best.Node with { Children = [.. best.Node.Children, .. others] }, best.Signature);
    }

    private static EvaluationNode Judge(AdmissionCase admission, SignatureEvidence signature) => EvaluationNode.Of(
        "signature",
        $"by {signature.Signer}",
        [
            IdentityRule.Subject(admission, signature.Signer),
            IdentityRule.Issuer(admission, signature.Signer),
            Claims(admission, signature.Signer),
            Transparency(admission, signature),
            FreshnessRule.Judge(admission, signature),
        ]);

    private static EvaluationNode Claims(AdmissionCase admission, SignerEvidence signer)
    {
        if (admission.Policy.CertificateClaims is not { } rules)
        {
            return EvaluationNode.NotAsked("certificate claims", "the policy does not ask for a build");
        }

        Violation[] unmet = [.. rules.Unmet(signer.Claims).Select(claim => Mismatch(claim.Rule, claim.Expected, claim.Found))];
        return unmet.Length == 0
            ? EvaluationNode.Passed("certificate claims", string.Join(", ", rules.Rules.Keys))
            : EvaluationNode.Failed("certificate claims", unmet);
    }

    private static Violation Mismatch(string rule, NamePatterns expected, string? found) => new(
        ViolationCode.CertificateClaimMismatch,
        $"the certificate's {rule} is {found ?? "not stated"}, allowed: {expected}",
        $"certificate_claims.{rule}",
        "sign in the release workflow that the policy names");

    private static EvaluationNode Transparency(AdmissionCase admission, SignatureEvidence signature) =>
        !signature.LogEntries.IsEmpty ? EvaluationNode.Passed("transparency", $"entry {signature.LogEntries[0].Index} of {signature.LogEntries[0].Log}")
        : !admission.Policy.TransparencyRequired ? EvaluationNode.NotAsked("transparency", "in no log, which the policy accepts")
        : EvaluationNode.Failed("transparency", new Violation(
            ViolationCode.TransparencyMissing, "the signature is in no transparency log", "transparency_required", "sign with an entry in a log that the trusted root names"));
}
