using System.CommandLine;
using Aixv.Cli.Exporting;
using Aixv.Cli.Output;
using Aixv.Export.Assessments;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv assess ARTIFACT --framework F</c>: which evidence of an artifact bears on the items of a framework, and where there is none.</summary>
internal static class AssessCommand
{
    public static Command Create(App app)
    {
        var artifact = new Argument<string>("ARTIFACT") { Description = "The file, or its digest as sha256:HEX." };
        var framework = new Option<string>("--framework") { HelpName = "ID", Description = $"One of {Known}.", Required = true };
        framework.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Frameworks.Find(token.Value) is null)
            {
                result.AddError($"unknown framework: {token.Value}; known: {Known}");
            }
        });
        var command = new Command("assess", "Hold the evidence of an artifact against a framework: met, partly, gap.") { artifact, framework };
        var gathering = new DossierGathering(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var gathered = await gathering.GatherAsync(app, parse, parse.GetRequiredValue(artifact), cancellationToken);
            return (IOutcome)new AssessOutcome(gathered, Assessment.Of(Frameworks.Find(parse.GetRequiredValue(framework))!, gathered.Dossier));
        });
    }

    private static string Known => string.Join(", ", Frameworks.All.Select(f => f.Id));
}
