using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Admitting;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Policies;
using Aixv.Sigstore.Json;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv decision replay FILE</c>: decides again from saved evidence; offline, and byte for byte.</summary>
internal static class DecisionReplayCommand
{
    public static Command Create(App app)
    {
        var file = new Argument<string>("FILE") { Description = "A decision that --save-decision wrote." };
        var policy = Options.Text("--policy", "FILE", "What would this policy have said? Its signature is not asked for: nothing is admitted here.");
        var asOf = Options.Text("--as-of", "TIME", "What would have been decided then? RFC 3339; only what existed then counts.");
        var explain = Options.Flag("--explain", "Show the whole evaluation as a tree.");
        var command = new Command("replay", "Decide again from a saved decision's evidence.") { file, policy, asOf, explain };
        return command.Answer(app, parse =>
        {
            var saved = SavedDecision.Parse(ArtifactFile.Read(app, "saved decision", parse.GetRequiredValue(file), SavedDecision.MaximumBytes));
            var other = parse.GetValue(policy) is { } path ? Policy.Parse(ArtifactFile.Read(app, "policy", path, Policy.MaximumBytes)) : null;
            var replay = (parse.GetValue(asOf), other) switch
            {
                ({ } time, _) => saved.Replay(ReadTime(time), other),
                (null, { } given) => saved.Replay(given),
                (null, null) => saved.Replay(),
            };
            return new Outcome(parse.GetRequiredValue(file), replay, parse.GetValue(asOf) is null && other is null, parse.GetValue(explain));
        });
    }

    private static DateTimeOffset ReadTime(string text) => Rfc3339.TryParse(text, out var time)
        ? time
        : throw new CommandFailure($"--as-of: '{text}' is not an RFC 3339 time, as 2026-06-01T12:00:00Z");

    /// <param name="IsSame">Whether nothing was changed, so that the decision must come out as it was.</param>
    private sealed record Outcome(string File, Replay Replay, bool IsSame, bool Explain) : IOutcome
    {
        private bool Ok => IsSame ? Replay.IsReproduced : Replay.Decision.IsAdmitted;

        public int ExitCode => Ok ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

        private string? SavedWord => Replay.Saved.Decision["decision"]?.GetValue<string>();

        private string? Error => Ok ? null
            : IsSame ? $"the saved decision is not what its evidence and policy give: {string.Join(", ", Replay.Differences)} differ; it was changed, or another version decided"
            : DecisionWords.Error(Replay.Decision);

        public JsonObject ToJson()
        {
            var json = new JsonObject
            {
                ["ok"] = Ok,
                ["saved_decision"] = SavedWord,
                ["reproduced"] = Replay.IsReproduced,
                ["differences"] = new JsonArray([.. Replay.Differences.Select(name => (JsonNode)name)]),
            };
            DecisionWords.Write(json, Replay.Decision, Explain);
            if (Error is { } error)
            {
                json["error"] = error;
                json["command"] = "decision replay";
            }

            return json;
        }

        public void Describe(Report report)
        {
            report.Title(Ok, IsSame
                ? Replay.IsReproduced ? $"{File}: reproduced, byte for byte" : $"{File}: not reproduced"
                : $"{File}: {Kebab.Of(Replay.Decision.Decision)}, {SavedWord} when it was saved");
            report.Row("decided at", Rfc3339.Format(Replay.Decision.DecidedAt));
            DecisionWords.Describe(report, Replay.Decision, Explain);
            if (Error is { } error)
            {
                report.Error(error);
            }
        }
    }
}
