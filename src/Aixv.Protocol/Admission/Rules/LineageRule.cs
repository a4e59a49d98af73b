using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Admission.Rules;

/// <summary>Whether the ancestors are known as well as the policy asks.</summary>
internal static class LineageRule
{
    private const string Rule = "lineage";

    public static EvaluationNode Judge(AdmissionCase admission)
    {
        if (admission.Policy.Lineage is not { } rules)
        {
            return EvaluationNode.NotAsked(Rule, "the policy does not ask");
        }

        if (admission.Evidence.Lineage is not { } lineage)
        {
            return EvaluationNode.Failed(Rule, Incomplete("the artifact's lineage was not looked at"));
        }

        var nodes = new List<EvaluationNode>();
        if (!lineage.IsComplete && lineage.Depth < rules.MaxDepth)
        {
            nodes.Add(EvaluationNode.Failed("depth", Incomplete($"ancestors were looked at up to depth {lineage.Depth}, the policy asks for {rules.MaxDepth}")));
        }

        nodes.AddRange(lineage.Cycles.Select(cycle => EvaluationNode.Failed("cycle", new Violation(
            ViolationCode.LineageCycle, $"the lineage is cyclic: {cycle}", "lineage", "one of these attestations is wrong: find out whose"))));
        nodes.AddRange(lineage.Contradictions.Select(contradiction => EvaluationNode.Failed("contradiction", new Violation(
            ViolationCode.LineageContradiction, $"attestations contradict each other: {contradiction}", "lineage", "trust one of the signers in lineage.allow_subjects"))));
        nodes.AddRange(lineage.Ancestors.Where(a => a.Depth <= rules.MaxDepth).Select(ancestor => Judge(admission, rules, ancestor)));
        return EvaluationNode.Of(Rule, $"{lineage.Ancestors.Length} ancestors, depth {lineage.Depth}", nodes);
    }

    private static EvaluationNode Judge(AdmissionCase admission, LineageRules rules, AncestorEvidence ancestor)
    {
        var isTrusted = ancestor is { Tier: EvidenceTier.Attested, Signer: { } signer } && admission.Trust.TrustsForLineage(signer.Subject, signer.Issuer);
        var tier = isTrusted || ancestor.Tier != EvidenceTier.Attested ? ancestor.Tier : EvidenceTier.Identified;
        var name = $"ancestor {ancestor}";
        if (rules.RequireSignedAncestors && !isTrusted)
        {
            var found = ancestor.Tier != EvidenceTier.Attested ? $"is {Words.Of(ancestor.Tier)} only" : $"is attested by {ancestor.Signer?.ToString() ?? "nobody known"}, whom the policy does not trust for lineage";
            return EvaluationNode.Failed(name, new Violation(
                ViolationCode.AncestorNotSigned,
                $"ancestor {ancestor} at depth {ancestor.Depth} {found}",
                "lineage.require_signed_ancestors",
                "get its publisher's signed attestation, and trust the publisher in lineage.allow_subjects"));
        }

        return rules.MinimumTier is { } minimum && tier < minimum
            ? EvaluationNode.Failed(name, new Violation(
                ViolationCode.LineageTierTooLow,
                $"ancestor {ancestor} at depth {ancestor.Depth} is {Words.Of(tier)}, at least {Words.Of(minimum)} is asked",
                "lineage.minimum_tier",
                tier == EvidenceTier.Described ? "state the ancestor's digest in the attestation" : "get a signed attestation of it by a trusted subject"))
            : EvaluationNode.Passed(name, $"{Words.Of(tier)}, depth {ancestor.Depth}");
    }

    private static Violation Incomplete(string message) =>
        new(ViolationCode.LineageIncomplete, message, "lineage.max_depth", "look deeper (--deep), or lower lineage.max_depth");
}
