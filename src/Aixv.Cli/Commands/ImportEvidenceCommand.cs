using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Importing;
using Aixv.Cli.Output;
using Aixv.Cli.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv import-evidence FILE…</c>: what other tools say of artifacts, into the store.</summary>
internal sealed class ImportEvidenceCommand
{
    private readonly Argument<string[]> files = new("FILE") { Description = "CycloneDX, SPDX, SLSA, in-toto and model signing documents.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> artifact = Options.Text("--artifact", "FILE|DIGEST", "The artifact that they must be about (default: the one that each names).");
    private readonly TrustedSubjectOptions subjects;
    private readonly StoreFolder store;
    private readonly TrustOptions trust;

    private ImportEvidenceCommand(Command command)
    {
        command.Add(files);
        command.Add(artifact);
        subjects = new TrustedSubjectOptions(command, "--trusted", "statements");
        store = new StoreFolder(command);
        trust = new TrustOptions(command);
    }

    public static Command Create(App app)
    {
        var command = new Command("import-evidence", "Take what other tools say of artifacts into the store.");
        var import = new ImportEvidenceCommand(command);
        return command.Answer(app, async (parse, cancellationToken) => await import.RunAsync(app, parse, cancellationToken));
    }

    private async Task<Outcome> RunAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var about = parse.GetValue(artifact) is { } name ? ArtifactName.ReadDigest(app, name, cancellationToken) : null;
        var (material, whyNot) = await trust.TryResolveAsync(app, parse, cancellationToken);
        var warning = whyNot is null ? material?.Warning : $"no signature can be verified, so nothing becomes attested: {whyNot}";
        var import = new EvidenceImport(
            app, store.Resolve(app, parse), material is null ? null : new Verifier(material.ParseRoot()), subjects.Keys(app, parse), path => store.Show(app, parse, path));
        return new Outcome([.. parse.GetRequiredValue(files).Select(path => import.Import(path, about))], warning);
    }

    private sealed record Outcome(IReadOnlyList<ImportedFile> Files, string? Warning) : IOutcome
    {
        private string? Error => Files.Any(f => f.Error is not null) ? string.Join("; ", Files.Where(f => f.Error is not null).Select(f => $"{f.Path}: {f.Error}")) : null;

        /// <summary>The good ones stay imported.</summary>
        public int ExitCode => Error is null ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

        public JsonObject ToJson()
        {
            var json = new JsonObject
            {
                ["ok"] = Error is null,
                ["imported_count"] = Files.Sum(f => f.Records.Count(r => r.IsNew)),
                ["files"] = new JsonArray([.. Files.Select(f => f.ToJson())]),
                ["warning"] = Warning,
            };
            if (Error is { } error)
            {
                json["error"] = error;
                json["command"] = "import-evidence";
            }

            return json;
        }

        public void Describe(Report report)
        {
            if (Warning is not null)
            {
                report.Warning(Warning);
            }

            foreach (var file in Files)
            {
                report.Title(file.Error is null, file.Format is null ? file.Path : $"{file.Path}: {file.Format}");
                foreach (var record in file.Records)
                {
                    report.Row("artifact", record.Artifact.ToString());
                    report.Row("says", string.Create(CultureInfo.InvariantCulture, $"{record.PredicateType} ({(record.Signer is { } by ? $"attested by {by}" : "described: nobody signed it, verifiably")})"));
                    report.Row("record", $"{record.Path}{(record.IsNew ? "" : " (was there already)")}");
                }

                foreach (var note in file.Notes)
                {
                    report.Row("note", note);
                }

                if (file.Error is { } error)
                {
                    report.Error($"{file.Path}: {error}");
                }
            }
        }
    }
}
