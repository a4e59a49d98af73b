using Aixv.Protocol.Lineage;
using Aixv.Protocol.Predicates;

namespace Aixv.Protocol.Admission.Rules;

/// <summary>Whether the claims that the policy asks for are there, attested by somebody it trusts.</summary>
internal static class PredicateRule
{
    private const string Rule = "required predicates";
    private const string AnyType = "*";

    public static EvaluationNode Judge(AdmissionCase admission)
    {
        var required = admission.Policy.RequiredPredicates;
        if (required.Values.All(aliases => aliases.IsEmpty))
        {
            return EvaluationNode.NotAsked(Rule, "the policy asks for none");
        }

        var nodes = required.GetValueOrDefault(AnyType, []).Select(alias => Judge(admission, AnyType, alias)).ToList();
        if (admission.Evidence.ArtifactType is { } type)
        {
            nodes.AddRange(required.GetValueOrDefault(type, []).Select(alias => Judge(admission, type, alias)));
        }
        else if (required.Keys.Any(key => key != AnyType))
        {
            nodes.Add(EvaluationNode.Failed("artifact type", new Violation(
                ViolationCode.PredicateMissing,
                $"the artifact's type is not known, so which claims it needs is not either (asked of: {string.Join(", ", required.Keys.Where(key => key != AnyType))})",
                "required_predicates",
                "state the artifact's type")));
        }

        return EvaluationNode.Of(Rule, admission.Evidence.ArtifactType ?? "type not known", nodes);
    }

    private static EvaluationNode Judge(AdmissionCase admission, string type, string alias)
    {
        var uri = PredicateTypes.Find(alias)?.Uri ?? alias;
        var found = admission.Evidence.Attestations.Where(a => a.PredicateType == uri).ToList();
        if (found.FirstOrDefault(a => IsTrusted(admission, a)) is { } trusted)
        {
            return EvaluationNode.Passed(alias, $"by {trusted.Signer}");
        }

        var why = found.Count == 0 ? "there is none" : $"{found.Count} found, none of them signed by a trusted subject";
        return EvaluationNode.Failed(alias, new Violation(
            ViolationCode.PredicateMissing,
            $"{(alias[0] is 'a' or 'e' ? "an" : "a")} {alias} attestation is required of {(type == AnyType ? "every artifact" : type)}: {why}",
            $"required_predicates.{type}",
            $"aixv attest ARTIFACT --predicate {alias} --input FILE --sign, by a trusted subject"));
    }

    private static bool IsTrusted(AdmissionCase admission, AttestationEvidence attestation) =>
        attestation is { Tier: EvidenceTier.Attested, Signer: { } signer } && admission.Trust.TrustsForLineage(signer.Subject, signer.Issuer);
}
