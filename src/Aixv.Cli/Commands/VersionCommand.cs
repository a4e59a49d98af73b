using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv version</c>: which version is this?</summary>
internal static class VersionCommand
{
    public static Command Create(App app) => new Command("version", "Print the version.").Answer(app, _ => new Outcome(Current()));

    /// <summary>Prints for people what the command prints for them.</summary>
    internal static int Print(Stream output)
    {
        try
        {
            output.Write(Encoding.ASCII.GetBytes($"aixv {Current()}\n"));
            return ExitCode.Ok;
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"error: the answer could not be written to standard output: {e.Message}");
            return ExitCode.WorldFailed;
        }
    }

    /// <summary>The version of this build, as 1.2.3.</summary>
    internal static string Current() => typeof(VersionCommand).Assembly.GetName().Version!.ToString(3);

    private sealed record Outcome(string Version) : IOutcome
    {
        public int ExitCode => Cli.ExitCode.Ok;

        public JsonObject ToJson() => new() { ["ok"] = true, ["version"] = Version };

        public void Describe(Report report) => report.Line($"aixv {Version}");
    }
}
