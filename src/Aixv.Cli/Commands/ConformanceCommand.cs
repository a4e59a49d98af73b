using System.CommandLine;
using System.Text;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Conformance;
using Aixv.Cli.Output;
using Aixv.Protocol.Records;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv conformance</c>: does this program, or another one, do what the protocol asks?</summary>
internal static class ConformanceCommand
{
    public static Command Create(App app)
    {
        var output = Options.Text("--output", "FILE", "Write the report to this file as well.");
        var junit = Options.Text("--junit", "FILE", "Write the report as JUnit XML.");
        var target = Options.Text("--target", "CMD", "Run the vectors against this executable.");
        var command = new Command("conformance", "Run the vectors that an implementation of the protocol must pass.") { output, junit, target };
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            foreach (var path in (string?[])[parse.GetValue(output), parse.GetValue(junit)])
            {
                if (path is not null)
                {
                    OutputFile.RequireWritable(app, path);
                }
            }

            IConformanceTarget asked = parse.GetValue(target) is { } other ? new OtherProgram(other) : new ThisProgram(app);
            var report = await ConformanceRun.RunAsync(app, asked, VectorGroups.All(), cancellationToken);
            if (parse.GetValue(output) is { } file)
            {
                NewFile.Replace(app.Resolve(file), IndentedJson.ToFile(report.ToJson()));
            }

            if (parse.GetValue(junit) is { } xml)
            {
                NewFile.Replace(app.Resolve(xml), Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{report.ToJUnit()}\n"));
            }

            return report;
        });
    }
}
