using System.CommandLine;
using Aixv.Cli.Trust;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv trust remove NAME</c>: forgets an instance that was added.</summary>
internal static class TrustRemoveCommand
{
    public static Command Create(App app)
    {
        var name = new Argument<string>("NAME") { Description = "The instance." };
        var command = new Command("remove", "Forget an instance that was added.") { name };
        return command.Answer(app, parse =>
        {
            TrustFolder.Open(app).Remove(parse.GetRequiredValue(name));
            return new Outcome(parse.GetRequiredValue(name));
        });
    }

    private sealed record Outcome(string Name) : IOutcome
    {
        public int ExitCode => Cli.ExitCode.Ok;

        public JsonObject ToJson() => new() { ["ok"] = true, ["removed"] = Name };

        public void Describe(Report report) => report.Line($"removed: {Name}");
    }
}
