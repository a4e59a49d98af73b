using System.CommandLine;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv decision …</c>: what was decided, and would it be decided again?</summary>
internal static class DecisionCommand
{
    public static Command Create(App app) => new("decision", "Examine saved decisions.") { DecisionReplayCommand.Create(app) };
}
