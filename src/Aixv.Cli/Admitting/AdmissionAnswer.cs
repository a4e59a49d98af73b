using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Policies;

namespace Aixv.Cli.Admitting;

/// <summary>What a policy says of one artifact, with how it came to that.</summary>
internal sealed record AdmissionAnswer
{
    public required LoadedPolicy Policy { get; init; }

    public required AdmissionDecision Decision { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>What could not be read in the store.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public AssuranceLevel? Level { get; init; }

    /// <summary>Null where the ancestors were not asked for.</summary>
    public Ancestry? Deep { get; init; }

    public bool Explain { get; init; }

    /// <summary>Where the decision was saved, or null.</summary>
    public string? SavedTo { get; init; }

    private string[] Faults => Deep is null ? [] : [.. Deep.Faults];

    public bool IsAdmitted => Decision.IsAdmitted && Faults.Length == 0;

    /// <summary>Null when admitted.</summary>
    public string? Error => IsAdmitted ? null : $"admission denied: {string.Join("; ", [.. Decision.Messages, .. Faults])}";

    public void Write(JsonObject json)
    {
        DecisionWords.Write(json, Decision, Explain);
        foreach (var fault in Faults)
        {
            json["policy_violations"]!.AsArray().Add(fault);
            json["admission_decision"] = "deny";
        }

        json["policy"] = Policy.ToJson();
        json["store_warnings"] = new JsonArray([.. Warnings.Select(warning => (JsonNode)warning)]);
        if (Level is { } level)
        {
            json["assurance_level"] = AssuranceGate.NameOf(level);
        }

        if (Deep is not null)
        {
            json["deep"] = AncestryWords.ToJson(Deep);
        }

        if (SavedTo is not null)
        {
            json["saved_decision"] = SavedTo;
        }
    }

    public void Describe(Report report)
    {
        foreach (var warning in Warnings)
        {
            report.Warning(warning);
        }

        report.Row("policy", Policy.ToString());
        DecisionWords.Describe(report, Decision, Explain);
        if (Deep is not null)
        {
            AncestryWords.Describe(report, Deep);
        }

        report.Row("saved", SavedTo);
    }
}
