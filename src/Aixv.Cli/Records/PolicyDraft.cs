using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Records;

/// <summary>A policy that was made for the user to go on with: no record yet.</summary>
/// <param name="Level">What it is good for.</param>
/// <param name="Policy">As JSON, in canonical form.</param>
/// <param name="Changed">The members that changed, where there was a policy before.</param>
/// <param name="OutputPath">Where it was written, if anywhere.</param>
internal sealed record PolicyDraft(AssuranceLevel Level, JsonObject Policy, IReadOnlyList<string>? Changed, string? OutputPath) : IOutcome
{
    public static PolicyDraft Write(App app, AssuranceLevel level, Policy policy, IReadOnlyList<string>? changed, string? output)
    {
        var json = policy.ToJson();
        if (output is not null)
        {
            OutputFile.RequireWritable(app, output);
            NewFile.Replace(app.Resolve(output), IndentedJson.ToFile(json));
        }

        return new PolicyDraft(level, json, changed, output);
    }

    public int ExitCode => Cli.ExitCode.Ok;

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = true,
            ["assurance_level"] = AssuranceGate.NameOf(Level),
            ["policy"] = Policy.DeepClone(),
            ["output_path"] = OutputPath,
        };
        if (Changed is not null)
        {
            json["changed"] = new JsonArray([.. Changed.Select(name => (JsonNode)name)]);
        }

        return json;
    }

    public void Describe(Report report)
    {
        if (OutputPath is null)
        {
            foreach (var line in IndentedJson.Print(Policy).Split('\n'))
            {
                report.Line(line);
            }

            return;
        }

        report.Title(good: true, $"{OutputPath}: a policy for {AssuranceGate.NameOf(Level)}");
        report.Row("changed", Changed is null ? null : Changed.Count == 0 ? "nothing" : string.Join(", ", Changed));
    }
}
