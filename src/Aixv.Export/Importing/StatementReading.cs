using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Attestations;
using Aixv.Export.Formats;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>An in-toto statement of anybody, with the claims of AIXV's own that say the same.</summary>
/// <param name="Format">The id of the format that the statement is of.</param>
internal sealed record StatementReading(string Format, ImportedStatement Statement, ImmutableArray<ImportedStatement> Described, ImmutableArray<string> Notes)
{
    private static readonly string[] BillsOfMaterials = ["https://cyclonedx.org/bom", "https://spdx.dev/Document"];

    /// <param name="document">What the statement was found in.</param>
    /// <exception cref="FormatException">A broken statement, one that names nothing by SHA-256, or not <paramref name="artifact"/>.</exception>
    public static StatementReading Of(JsonObject statement, DocumentProbe document, Digest? artifact)
    {
        if (StatementRules.Faults(statement).FirstOrDefault() is { } fault)
        {
            throw new FormatException($"statement: {fault}");
        }

        var subjects = Subjects(statement);
        var type = statement["predicateType"].Text()!;
        var predicate = statement["predicate"] as JsonObject ?? [];
        var chosen = Choose(subjects, predicate, type, artifact);
        var reading = new StatementReading(FormatOf(type), new ImportedStatement(chosen, statement), [], []);
        if (PredicateTypes.Find(type) is not null)
        {
            // It is AIXV's own claim already: only its form is checked.
            _ = PredicateTypes.Read(PredicateTypes.Find(type)!.Alias, predicate);
            return reading;
        }

        if (BillsOfMaterials.Any(start => type.StartsWith(start, StringComparison.Ordinal)))
        {
            return reading.WithBill(predicate, chosen);
        }

        if (BuildDescription.Of(type, predicate) is not { } build)
        {
            return reading with { Notes = [$"{type}: kept as it is; it says nothing that a claim of how the artifact was trained has a place for"] };
        }

        return BuildReading.Read(build, subjects) is { IsEmpty: false } training
            ? reading with { Described = [training.ToStatement(reading.Format, document)] }
            : reading with { Notes = [$"{type}: kept as it is; none of its inputs says that it is a parent model or a dataset (annotation 'role')"] };
    }

    private StatementReading WithBill(JsonObject predicate, Digest chosen)
    {
        var bill = new DocumentProbe(SortedJson.Serialize(predicate), null);
        try
        {
            return EvidenceReaders.Find(bill)?.Read(bill, chosen) is { } read
                ? this with { Described = read.Statements, Notes = read.Notes }
                : this with { Notes = ["the bill of materials in the statement is of no version that is read; the statement is kept as it is"] };
        }
        catch (FormatException e)
        {
            return this with { Notes = [$"the bill of materials in the statement says nothing of its subject ({e.Message}); the statement is kept as it is"] };
        }
    }

    private static ImmutableArray<StatementSubject> Subjects(JsonObject statement)
    {
        ImmutableArray<StatementSubject> subjects =
        [
            .. statement["subject"]!.AsArray().OfType<JsonObject>()
                .Where(s => Digest.TryParse(s["digest"].Text("sha256"), out _))
                .Select(s => new StatementSubject(s.Text("name") ?? s.Text("uri") ?? "", Digest.Parse(s["digest"].Text("sha256")!)))
                .DistinctBy(s => s.Digest.Hex, StringComparer.Ordinal),
        ];
        return subjects.IsEmpty ? throw new FormatException("statement: no subject has a sha256 digest, which is what artifacts are known by here") : subjects;
    }

    private static Digest Choose(ImmutableArray<StatementSubject> subjects, JsonObject predicate, string type, Digest? artifact)
    {
        // A signature over a model names the digest of its files' digests, so any of its files may be meant.
        var isMeant = artifact is null
            || subjects.Any(s => s.Digest == artifact)
            || (type == ModelSigning.Type && predicate["resources"] is JsonArray files && files.Any(f => f.Text("digest") == artifact.Hex));
        return isMeant
            ? subjects.Any(s => s.Digest == artifact) ? artifact! : subjects[0].Digest
            : throw new FormatException($"statement: it is about {string.Join(", ", subjects.Take(4).Select(s => s.Digest))}, not about {artifact}");
    }

    private static string FormatOf(string type) => Exporters.All.OfType<StatementExporter>().FirstOrDefault(e => e.IsOf(type))?.Format.Id ?? "in-toto-statement";
}
