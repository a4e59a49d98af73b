using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv predicate template NAME</c>: a filled example of a claim.</summary>
internal static class PredicateTemplateCommand
{
    public static Command Create(App app)
    {
        var name = new Argument<string>("NAME") { Description = $"{string.Join(", ", PredicateTypes.All.Select(type => type.Alias))}, or the URI of one of these." };
        var output = Options.Text("--output", "FILE", "Write the example to this file.");
        var command = new Command("template", "Print a filled example of a claim.") { name, output };
        return command.Answer(app, parse =>
        {
            var asked = parse.GetRequiredValue(name);
            var type = PredicateTypes.Find(asked)
                ?? throw new CommandFailure($"unsupported predicate: {asked} (known: {string.Join(", ", PredicateTypes.All.Select(known => known.Alias))})");
            var content = type.Template();
            if (parse.GetValue(output) is { } path)
            {
                OutputFile.RequireWritable(app, path);
                NewFile.Replace(app.Resolve(path), IndentedJson.ToFile(content));
            }

            return new Outcome(type, content, parse.GetValue(output));
        });
    }

    private sealed record Outcome(PredicateType Type, JsonObject Content, string? OutputPath) : IOutcome
    {
        public int ExitCode => Cli.ExitCode.Ok;

        public JsonObject ToJson() => new()
        {
            ["ok"] = true,
            ["predicate"] = Type.Alias,
            ["predicate_uri"] = Type.Uri,
            ["template"] = Content.DeepClone(),
            ["output_path"] = OutputPath,
        };

        public void Describe(Report report)
        {
            if (OutputPath is not null)
            {
                report.Title(good: true, $"{OutputPath}: an example of {Type.Uri}");
                return;
            }

            foreach (var line in IndentedJson.Print(Content).Split('\n'))
            {
                report.Line(line);
            }
        }
    }
}
