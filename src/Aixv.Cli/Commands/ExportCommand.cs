using System.CommandLine;
using Aixv.Cli.Exporting;
using Aixv.Cli.Output;
using Aixv.Cli.Signing;
using Aixv.Export;
using Aixv.Export.Formats;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv export ARTIFACT --format F</c>: what is known of an artifact, for other tools.</summary>
internal sealed class ExportCommand
{
    /// <summary>The format that refers to the other documents, and so is written last.</summary>
    private const string ListsExports = "in-toto-reference";

    private readonly Argument<string?> artifact = new("ARTIFACT") { Description = "The file, or its digest as sha256:HEX.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string[]> formats = new("--format", "-f") { HelpName = "ID,…", Description = "The formats, see 'aixv formats'. May be repeated." };
    private readonly Option<bool> all = Options.Flag("--all", "Every format that can be written from what is known.");
    private readonly Option<string?> output = new("--output", "-o") { HelpName = "FILE|DIR", Description = "Where to write (default: one document to standard output)." };
    private readonly Option<string?> check = Options.Text("--check", "FILE", "Instead: say what a document is, and check it against its standard.");
    private readonly Option<bool> sign = Options.Flag("--sign", "Sign each document in the way of its standard.");
    private readonly DossierGathering gathering;
    private readonly SigningOptions signing;

    private ExportCommand(Command command)
    {
        command.Add(artifact);
        foreach (var option in (Option[])[formats, all, output, check, sign])
        {
            command.Add(option);
        }

        signing = new SigningOptions(command);
        gathering = new DossierGathering(command, signing.Trust);
        command.Validators.Add(result =>
        {
            var (isCheck, isNamed) = (result.GetValue(check) is not null, result.GetValue(artifact) is not null);
            if (isCheck == isNamed)
            {
                result.AddError(isCheck ? "--check looks at a document, not at an artifact." : "An artifact is expected, or --check FILE.");
            }
            else if (isNamed && result.GetValue(all) == CommaList.Split(result.GetValue(formats)).Count > 0)
            {
                result.AddError(result.GetValue(all) ? "--all and --format exclude each other." : "--format or --all is expected; 'aixv formats' lists them.");
            }
        });
    }

    public static Command Create(App app)
    {
        var command = new Command("export", "Write what is known of an artifact in the formats of other tools.");
        var export = new ExportCommand(command);
        return command.Answer(app, async (parse, cancellationToken) => parse.GetValue(export.check) is { } path
            ? CheckedDocument.Check(app, path)
            : await export.RunAsync(app, parse, cancellationToken));
    }

    private async Task<IOutcome> RunAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var asked = parse.GetValue(all) ? Exporters.All : [.. CommaList.Split(parse.GetValue(formats)).Select(Find).Distinct()];
        var target = ExportTarget.Choose(app, parse.GetValue(output), asked.Length > 1);
        var name = parse.GetValue(artifact)!;
        var gathered = await gathering.GatherAsync(app, parse, name, cancellationToken);
        var outcome = new ExportOutcome { Artifact = name, Gathered = gathered, RefusalFails = !parse.GetValue(all) };
        var refused = asked.Select(e => (e.Format, Missing: Missing(parse, gathered, e))).Where(r => r.Missing.Count > 0).ToList();
        outcome = outcome with { Refused = refused };
        if (outcome.ExitCode != ExitCode.Ok)
        {
            return outcome;
        }

        var possible = asked.Where(e => !refused.Exists(r => r.Format == e.Format)).ToList();
        using var writer = await ExportWriter.OpenAsync(app, parse, signing, parse.GetValue(sign), possible, cancellationToken);
        if (target.Path is not null)
        {
            var written = new List<WrittenExport>();
            foreach (var exporter in possible.OrderBy(e => e.Format.Id == ListsExports))
            {
                var path = target.PathFor(exporter, gathered.Dossier);
                var dossier = exporter.Format.Id == ListsExports ? gathered.Dossier with { Exports = [.. written.Select(w => w.ToFacts(path))] } : gathered.Dossier;
                written.AddRange(await writer.WriteAsync(dossier, exporter, path, cancellationToken));
            }

            return outcome with { Written = written };
        }

        if (parse.GetValue<bool>("--json"))
        {
            return outcome with { Content = (possible[0].Format, await writer.ToBytesAsync(gathered.Dossier, possible[0], cancellationToken)) };
        }

        await writer.PrintAsync(gathered, possible[0], cancellationToken);
        return new AlreadySaid(ExitCode.Ok);
    }

    private IReadOnlyList<string> Missing(ParseResult parse, GatheredDossier gathered, Exporter exporter) =>
        exporter.Format is { Signature: SignatureForm.None, IsSignedEvidence: false } && parse.GetValue(sign) && !parse.GetValue(all)
            ? ["a signature beside it, for its standard defines none: leave out --sign, and sign the file with 'aixv sign'"]
            : parse.GetValue(sign) ? exporter.MissingToSign(gathered.Dossier) : exporter.Missing(gathered.Dossier);

    private static Exporter Find(string id) => Exporters.Find(id) ?? throw new CommandFailure($"unknown format: {id}; 'aixv formats' lists them");
}
