using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;
using Aixv.Sigstore.Json;

namespace Aixv.Cli.Conformance;

/// <summary>Evidence, a policy and a time, and what must be decided of them. Another implementation is given the saved decision to make again.</summary>
internal sealed record AdmissionVector(string Id, string Group, string About) : Vector(Id, Group, About)
{
    public required JsonObject Policy { get; init; }

    public required JsonObject Evidence { get; init; }

    /// <summary>RFC 3339.</summary>
    public required string At { get; init; }

    public required string Decision { get; init; }

    /// <summary>Codes of all violations, waived ones as well, in the order of the rules.</summary>
    public required ImmutableArray<string> Violations { get; init; }

    public override async Task<ImmutableArray<string>> RunAsync(IConformanceTarget target, string folder, CancellationToken cancellationToken)
    {
        var policy = Protocol.Policies.Policy.Read(Policy);
        var evidence = Protocol.Admission.Evidence.Read(Evidence);
        var at = Rfc3339.TryParse(At, out var time) ? time : throw new FormatException($"{Id}: {At} is no time");
        var saved = SavedDecision.Of(AdmissionEngine.Decide(evidence, policy, at), evidence, policy);
        var differences = Judge(saved).ToList();
        if (target.IsOther)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "decision.json"), saved.ToBytes(), cancellationToken);
            var answer = await target.RunAsync(folder, ["decision", "replay", "decision.json", "--json"], cancellationToken);
            if (answer.ExitCode != 0)
            {
                differences.Add(string.Create(CultureInfo.InvariantCulture, $"the decision is not reproduced: exit code {answer.ExitCode}: {answer.Out.Trim()}"));
            }
        }
        else if (!SavedDecision.Parse(saved.ToBytes()).Replay().IsReproduced)
        {
            differences.Add("the saved decision is not reproduced");
        }

        return [.. differences];
    }

    private IEnumerable<string> Judge(SavedDecision saved)
    {
        var decision = saved.Decision["decision"]!.GetValue<string>();
        if (decision != Decision)
        {
            yield return $"decision is {decision}, expected {Decision}";
        }

        var codes = saved.Decision["violations"]!.AsArray().Select(violation => violation!["code"]!.GetValue<string>()).ToList();
        if (!codes.SequenceEqual(Violations))
        {
            yield return $"violations are [{string.Join(", ", codes)}], expected [{string.Join(", ", Violations)}]";
        }
    }
}
