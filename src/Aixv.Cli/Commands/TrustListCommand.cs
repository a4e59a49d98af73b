using System.CommandLine;
using Aixv.Cli.Trust;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Sigstore.Trust.Instances;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv trust list</c>: the instances that are known.</summary>
internal static class TrustListCommand
{
    public static Command Create(App app) =>
        new Command("list", "List the instances that are known.").Answer(app, _ => new Outcome(TrustFolder.Open(app).List()));

    private sealed record Outcome(IReadOnlyList<InstanceStatus> Instances) : IOutcome
    {
        public int ExitCode => Cli.ExitCode.Ok;

        public JsonObject ToJson() => new() { ["ok"] = true, ["instances"] = new JsonArray([.. Instances.Select(InstanceOutcome.ToJson)]) };

        public void Describe(Report report)
        {
            foreach (var status in Instances)
            {
                report.Heading(status.IsBuiltIn ? $"{status.Name} (built in)" : status.Name);
                report.Row("url", status.Url.AbsoluteUri);
                report.Row("cache", InstanceOutcome.DescribeCache(status.Cached));
            }
        }
    }
}
