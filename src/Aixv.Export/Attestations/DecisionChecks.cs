using System.Collections.Immutable;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;

namespace Aixv.Export.Attestations;

/// <summary>The checks of a decision by stable names: the rules of the policy, and the parts of the signature's.</summary>
internal sealed record DecisionChecks(ImmutableArray<string> Passed, ImmutableArray<string> Waived, ImmutableArray<string> Failed)
{
    private const string Signature = "signature";

    /// <summary>Parts of other rules are named by advisories and the like, which are not stable.</summary>
    private static readonly string[] SignatureParts = ["subject", "issuer", "transparency", "certificate claims"];

    public static DecisionChecks Of(DecisionFacts decision)
    {
        var checks = decision.Decision.Evaluation.Children
            .SelectMany(rule => rule.Rule == Signature
                ? rule.Children.Where(part => SignatureParts.Contains(part.Rule)).Select(part => (Name: $"{Signature}/{part.Rule}", part.Outcome)).Prepend((Name: rule.Rule, rule.Outcome))
                : [(Name: rule.Rule, rule.Outcome)])
            .ToList();
        return new DecisionChecks(Names(RuleOutcome.Passed), Names(RuleOutcome.Waived), Names(RuleOutcome.Failed));

        ImmutableArray<string> Names(RuleOutcome outcome) =>
            [.. checks.Where(check => check.Outcome == outcome).Select(check => check.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>A check's name as a property's: <c>AIXV_SIGNATURE_SUBJECT</c>.</summary>
    public static string Property(string check) => $"AIXV_{string.Concat(check.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'))}";
}
