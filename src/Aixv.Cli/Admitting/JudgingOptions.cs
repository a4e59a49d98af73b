using System.CommandLine;
using System.CommandLine.Parsing;
using Aixv.Cli.Artifacts;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Admitting;

/// <summary>The options that say how thoroughly a policy is applied and what is told of it. They need a policy.</summary>
internal sealed class JudgingOptions
{
    private const int MaximumLevels = 1000;
    private readonly Option<bool> explain = Options.Flag("--explain", "With --policy: show the whole evaluation as a tree.");
    private readonly Option<bool> deep = Options.Flag("--deep", "With --policy: verify every ancestor's attestation too, and show the weakest link.");
    private readonly Option<int?> maximumDepth = new("--max-depth") { HelpName = "N", Description = "With --deep: how many levels of ancestors (default: the policy's, else 3)." };
    private readonly Option<string?> artifactType = Options.Text("--artifact-type", "TYPE", "With --policy: what the artifact is, for required_predicates: base-model, lora-adapter, … (default: as trusted attestations, else the file say).");
    private readonly Option<string?> save = Options.Text("--save-decision", "FILE", "With --policy: write the decision and its evidence, for 'aixv decision replay'.");

    public JudgingOptions(Command command, PolicyOptions policies)
    {
        foreach (var option in (Option[])[explain, deep, maximumDepth, artifactType, save])
        {
            command.Add(option);
        }

        maximumDepth.Validators.Add(ValidateDepth);
        command.Validators.Add(result =>
        {
            if (policies.IsMissing(result) && ((Option[])[explain, deep, artifactType, save]).FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } lone)
            {
                result.AddError($"{lone.Name} needs --policy: a policy says whose word counts.");
            }

            if (result.GetResult(maximumDepth) is { Implicit: false } && !result.GetValue(deep))
            {
                result.AddError("--max-depth needs --deep.");
            }
        });
    }

    private static void ValidateDepth(OptionResult result)
    {
        if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var levels) || levels is < 1 or > MaximumLevels))
        {
            result.AddError($"--max-depth takes a number from 1 to {MaximumLevels}, not '{token.Value}'.");
        }
    }

    public bool Explains(ParseResult parse) => parse.GetValue(explain);

    public bool IsDeep(ParseResult parse) => parse.GetValue(deep);

    public int? MaximumDepth(ParseResult parse) => parse.GetValue(maximumDepth);

    public string? ArtifactType(ParseResult parse) => parse.GetValue(artifactType);

    /// <summary>Writes the decision where the user wants it.</summary>
    /// <returns>The path as the user wrote it, or null.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public string? Save(App app, ParseResult parse, SavedDecision decision)
    {
        if (parse.GetValue(save) is not { } path)
        {
            return null;
        }

        OutputFile.RequireWritable(app, path);
        NewFile.Replace(app.Resolve(path), decision.ToBytes());
        return path;
    }
}
