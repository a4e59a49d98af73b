using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv store check</c>: is every file of the store what its place says?</summary>
internal static class StoreCheckCommand
{
    public static Command Create(App app)
    {
        var command = new Command("check", "Find files of the store that are damaged, unsigned, orphaned or contradictory.");
        var store = new StoreFolder(command);
        return command.Answer(app, parse =>
        {
            var folder = store.Read(app, parse);
            return System.IO.Directory.Exists(app.Resolve(folder))
                ? new Outcome(string.Join(' ', CommandLine.Words(parse)), folder, new StoreCheck(app.Resolve(folder)).Run())
                : throw new CommandFailure($"store not found: {folder}");
        });
    }

    private sealed record Outcome(string Command, string Store, StoreReport Found) : IOutcome
    {
        private string? Error => Found.Problems.IsEmpty
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{Found.Problems.Length} problems in {Store}: {Found.Problems[0].Path}: {Found.Problems[0].Message}");

        public int ExitCode => Error is null ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

        public JsonObject ToJson()
        {
            var json = new JsonObject
            {
                ["ok"] = Error is null,
                ["store"] = Store,
                ["record_count"] = Found.Records,
                ["attestation_count"] = Found.Attestations,
                ["problem_count"] = Found.Problems.Length,
                ["problems"] = new JsonArray([.. Found.Problems.Select(problem => problem.ToJson())]),
                ["not_looked_at"] = new JsonArray([.. Found.NotLookedAt.Select(path => (JsonNode)path)]),
            };
            if (Error is not null)
            {
                json["error"] = Error;
                json["command"] = Command;
            }

            return json;
        }

        public void Describe(Report report)
        {
            report.Title(Error is null, string.Create(CultureInfo.InvariantCulture, $"{Store}: {Found.Records} records and {Found.Attestations} attestations are sound, {Found.Problems.Length} problems"));
            foreach (var problem in Found.Problems)
            {
                report.Check(passed: false, problem.Path, $"{Kebab.Of(problem.Fault)}: {problem.Message}");
            }

            foreach (var path in Found.NotLookedAt)
            {
                report.Row("other", $"{path}: not part of the protocol's store, not looked at");
            }

            if (Error is not null)
            {
                report.Error(Error);
            }
        }
    }
}
