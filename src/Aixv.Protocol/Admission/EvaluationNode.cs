using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Admission;

/// <summary>A step of the evaluation, as <c>--explain</c> shows it.</summary>
/// <param name="Rule">What was asked: <c>freshness</c>.</param>
/// <param name="Outcome">How it turned out.</param>
/// <param name="Detail">What was found.</param>
public sealed record EvaluationNode(string Rule, RuleOutcome Outcome, string Detail)
{
    public ImmutableArray<EvaluationNode> Children { get; init; } = [];

    /// <summary>What this step holds against admission; those of the children are not repeated.</summary>
    public ImmutableArray<Violation> Violations { get; init; } = [];

    internal static EvaluationNode Passed(string rule, string detail) => new(rule, RuleOutcome.Passed, detail);

    internal static EvaluationNode NotAsked(string rule, string detail) => new(rule, RuleOutcome.NotAsked, detail);

    internal static EvaluationNode Ignored(string rule, string detail) => new(rule, RuleOutcome.Ignored, detail);

    internal static EvaluationNode Failed(string rule, params ReadOnlySpan<Violation> violations) =>
        new(rule, RuleOutcome.Failed, violations[0].Message) { Violations = [.. violations] };

    /// <summary>A step that failed if one of its parts did.</summary>
    internal static EvaluationNode Of(string rule, string detail, IEnumerable<EvaluationNode> children)
    {
        ImmutableArray<EvaluationNode> parts = [.. children];
        var outcome = parts.Any(p => p.Outcome == RuleOutcome.Failed) ? RuleOutcome.Failed
            : parts.Any(p => p.Outcome == RuleOutcome.Passed) || parts.IsEmpty ? RuleOutcome.Passed
            : parts.All(p => p.Outcome == RuleOutcome.NotAsked) ? RuleOutcome.NotAsked
            : RuleOutcome.Passed;
        return new EvaluationNode(rule, outcome, detail) { Children = parts };
    }

    /// <summary>All violations of the tree, in its order.</summary>
    internal IEnumerable<Violation> AllViolations() => [.. Violations, .. Children.SelectMany(child => child.AllViolations())];

    /// <summary>The tree with the steps marked whose violations are all accepted.</summary>
    internal EvaluationNode WithWaived(IReadOnlyDictionary<Violation, string> waived)
    {
        var children = Children.Select(child => child.WithWaived(waived)).ToImmutableArray();
        var isWaived = Outcome == RuleOutcome.Failed && AllViolations().All(waived.ContainsKey);
        return this with { Outcome = isWaived ? RuleOutcome.Waived : Outcome, Children = children };
    }

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["rule"] = Rule, ["outcome"] = Words.Of(Outcome), ["detail"] = Detail };
        json.AddIfAny("children", new JsonArray([.. Children.Select(child => child.ToJson())]));
        return json;
    }
}
