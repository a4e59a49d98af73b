using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Importing.Graphs;
using Aixv.Cli.Output;
using Aixv.Cli.Serving;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv import FILE…</c>: graphs that exist already, into a registry, as described nodes.</summary>
internal sealed class ImportCommand
{
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromDays(1);
    private readonly Argument<string[]> files = new("FILE") { Description = "Dumps and documents, perhaps packed by gzip; - is standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> format = Options.Text("--format", "FORMAT", $"{string.Join(", ", GraphFormats.Names)} (default: what the content says).");
    private readonly Option<string?> source = Options.Text("--source", "NAME", "Whose graph it is: what the same source said before is replaced (default: by the format, as huggingface).");
    private readonly Option<string?> hub = Options.Text("--hub", "PREFIX", $"What a hub's repositories are addressed by (default: {HubReader.DefaultHub}).");
    private readonly Option<string?> tenant = Options.Text("--tenant", "NAME", "The tenant, where the key is the operator's or the storage is opened.");
    private readonly Option<bool> strict = Options.Flag("--strict", "End at the first line that cannot be read.");
    private readonly Option<bool> again = Options.Flag("--again", "Import from the beginning, whatever was imported before.");
    private readonly RegistryAdministration registry;

    private ImportCommand(Command command)
    {
        command.Add(files);
        command.Add(format);
        command.Add(source);
        command.Add(hub);
        command.Add(tenant);
        command.Add(strict);
        command.Add(again);
        registry = new RegistryAdministration(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(format) is { } name && !GraphFormats.Names.Contains(name))
            {
                result.AddError($"--format: one of {string.Join(", ", GraphFormats.Names)} is expected.");
            }

            if (result.GetValue(source) is { } who && (who.Length is 0 or > 64 || !who.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')))
            {
                result.AddError("--source: 1 to 64 letters, digits, points, hyphens and underscores are expected.");
            }
        });
    }

    public static Command Create(App app)
    {
        var command = new Command("import", "Take graphs that exist already into a registry: described, until proof arrives.");
        var import = new ImportCommand(command);
        return command.Answer(app, async (parse, cancellationToken) => await import.RunAsync(app, parse, cancellationToken));
    }

    private async Task<Outcome> RunAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var settings = new ImportSettings(
            parse.GetValue(format), parse.GetValue(source), parse.GetValue(hub) ?? HubReader.DefaultHub, parse.GetValue(strict), parse.GetValue(again));
        var began = app.Time.GetTimestamp();
        await using var opened = await registry.OpenForTenantAsync(app, parse, parse.GetValue(tenant), ["import:write", "attestations:write"], KeyLifetime, cancellationToken);
        using var target = new ImportTarget(app, opened.Url, opened.Key);
        var done = new List<ImportedGraph>();
        foreach (var path in parse.GetRequiredValue(files))
        {
            try
            {
                done.Add(await new GraphImport(app, target, settings, path).RunAsync(cancellationToken));
            }
            catch (Exception e) when (e is FormatException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
            {
                // One file that cannot be read does not keep others out.
                done.Add(new ImportedGraph(path, null, new ImportProgress(), null, WasThere: false, [], [], e.Message));
            }

            if (settings.IsStrict && done[^1].Error is not null)
            {
                break;
            }
        }

        return new Outcome(done, app.Time.GetElapsedTime(began));
    }

    private sealed record Outcome(IReadOnlyList<ImportedGraph> Graphs, TimeSpan Time) : IOutcome
    {
        private string? Error => Graphs.Any(g => g.Error is not null) ? string.Join("; ", Graphs.Where(g => g.Error is not null).Select(g => g.Error)) : null;

        /// <summary>What could be read stays imported.</summary>
        public int ExitCode => Error is null ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

        public JsonObject ToJson()
        {
            var json = new JsonObject
            {
                ["ok"] = Error is null,
                ["nodes"] = Graphs.Sum(g => g.Progress.Nodes),
                ["links"] = Graphs.Sum(g => g.Progress.Links),
                ["attested"] = Graphs.Sum(g => g.Progress.Attested),
                ["bad"] = Graphs.Sum(g => g.Progress.Bad),
                ["seconds"] = Math.Round(Time.TotalSeconds, 3),
                ["files"] = new JsonArray([.. Graphs.Select(g => g.ToJson())]),
            };
            if (Error is { } error)
            {
                json["error"] = error;
                json["command"] = "import";
            }

            return json;
        }

        public void Describe(Report report)
        {
            foreach (var graph in Graphs)
            {
                report.Title(graph.Error is null, graph.Source is null ? graph.Path : $"{graph.Path}: {graph.Progress.Format}, as {graph.Source}");
                report.Row("described", string.Create(CultureInfo.InvariantCulture, $"{graph.Progress.Nodes:#,0} nodes with {graph.Progress.Links:#,0} links, of {graph.Progress.Lines:#,0} lines{(graph.WasThere ? " (all of it was there already)" : "")}"));
                report.Row("attested", graph.Progress.Attested > 0 ? graph.Progress.Attested.ToString("#,0", CultureInfo.InvariantCulture) : null);
                report.Row("went on", graph.ResumedAt is { } line ? string.Create(CultureInfo.InvariantCulture, $"after line {line:#,0}, where it had stopped") : null);
                report.Row("unreadable", graph.Progress.Bad > 0 ? graph.Progress.Bad.ToString("#,0", CultureInfo.InvariantCulture) : null);
                foreach (var note in graph.Notes)
                {
                    report.Row("note", note);
                }

                foreach (var fault in graph.Faults.Where(f => f != graph.Error))
                {
                    report.Warning(fault);
                }

                if (graph.Error is { } error)
                {
                    report.Error(error.StartsWith(graph.Path, StringComparison.Ordinal) ? error : $"{graph.Path}: {error}");
                }
            }
        }
    }
}
