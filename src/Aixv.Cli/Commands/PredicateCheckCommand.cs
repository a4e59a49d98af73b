using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Cli.Records;
using Aixv.Protocol.Predicates;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv predicate check FILE</c>: is this claim valid, and what would make it worth more?</summary>
internal static class PredicateCheckCommand
{
    public static Command Create(App app)
    {
        var file = new Argument<string>("FILE") { Description = "The claim, or an in-toto statement that carries one." };
        var predicate = Options.Text("--predicate", "TYPE", "The claim's type, as attest takes it; a statement names its own.");
        var command = new Command("check", "Check a claim, and say which tier it reaches.") { file, predicate };
        return command.Answer(app, parse =>
        {
            var path = parse.GetRequiredValue(file);
            var (type, content) = Claim(path, JsonInput.Read(app, path), parse.GetValue(predicate));
            return new Outcome(path, PredicateCheck.Of(PredicateTypes.Find(type)?.Alias ?? type, content));
        });
    }

    private static (string Type, JsonObject Content) Claim(string path, JsonObject json, string? asked)
    {
        if (!json.ContainsKey("predicateType"))
        {
            return (asked ?? throw new CommandFailure($"{path} does not say what it claims: pass --predicate ({string.Join(", ", PredicateTypes.All.Select(type => type.Alias))}, or a URI)"), json);
        }

        if (json["predicateType"] is not JsonValue value || !value.TryGetValue<string>(out var stated) || json["predicate"] is not JsonObject content)
        {
            throw new CommandFailure($"{path}: not an in-toto statement: predicateType must be a string and predicate an object");
        }

        return asked is null || asked == stated || PredicateTypes.Find(asked)?.Uri == stated
            ? (stated, content)
            : throw new CommandFailure($"{path} claims {stated}, not {asked}");
    }

    private sealed record Outcome(string File, PredicateCheck Check) : IOutcome
    {
        public int ExitCode => Cli.ExitCode.Ok;

        public JsonObject ToJson() => new()
        {
            ["ok"] = true,
            ["file"] = File,
            ["predicate"] = PredicateTypes.Find(Check.Predicate.Uri)?.Alias ?? Check.Predicate.Uri,
            ["predicate_uri"] = Check.Predicate.Uri,
            ["schema_validated"] = Check.Predicate.IsValidated,
            ["tier"] = Kebab.Of(Check.Tier),
            ["lifts"] = new JsonArray([.. Check.Lifts.Select(lift => (JsonNode)lift)]),
        };

        public void Describe(Report report)
        {
            report.Title(good: true, $"{File}: {(Check.Predicate.IsValidated ? "valid" : "not checked")}, {Kebab.Of(Check.Tier)}");
            report.Row("claim", Check.Predicate.Uri);
            foreach (var lift in Check.Lifts)
            {
                report.Row("to do", lift);
            }
        }
    }
}
