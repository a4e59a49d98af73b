using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>SPDX 2.x documents: what the described package descends from, was trained on and was built with.</summary>
internal abstract class SpdxReader(string format) : EvidenceReader(format)
{
    /// <summary>The document's content in the form of its JSON.</summary>
    protected abstract JsonObject ContentOf(DocumentProbe document);

    public override ImportedEvidence Read(DocumentProbe document, Digest? artifact)
    {
        ArgumentNullException.ThrowIfNull(document);
        var bill = new SpdxBill(ContentOf(document));
        var notes = new List<string>();
        var main = bill.MainOf(artifact);
        var name = CycloneDxBill.Text(main["name"]) ?? "";
        var training = new ImportedTraining
        {
            Subjects = [new StatementSubject(name, BillSubject.Of(SpdxBill.DigestOf(main), artifact, name, notes))],
            Parents = ParentsOf(bill, main),
            Datasets = DatasetsOf(bill, main),
            Run = RunOf(bill, main),
        };
        AddNotes(bill, main, notes);
        return new ImportedEvidence(Format)
        {
            Statements = training.IsEmpty ? [] : [training.ToStatement(Format, document)],
            Notes = training.IsEmpty ? [.. notes, "The document says nothing of parents, datasets or training; nothing is imported."] : [.. notes],
        };
    }

    /// <summary>NONE says that there is no parent, NOASSERTION nothing.</summary>
    private static ImmutableArray<ReferenceFacts>? ParentsOf(SpdxBill bill, JsonObject main)
    {
        var ends = bill.Related(main, "DESCENDANT_OF", "ANCESTOR_OF").ToList();
        ImmutableArray<ReferenceFacts> parents = [.. ends.Select(e => bill.Find(e.Id)).OfType<JsonObject>().Select(SpdxBill.ReferenceOf)];
        return parents.IsEmpty && ends.All(e => e.Id != SpdxText.None) ? default(ImmutableArray<ReferenceFacts>?) : parents;
    }

    /// <summary>SPDX 2.3 has no word for training: a build dependency counts where its comment says so, or a data file.</summary>
    private static ImmutableArray<ReferenceFacts>? DatasetsOf(SpdxBill bill, JsonObject main)
    {
        var found = bill.Related(main, null, "BUILD_DEPENDENCY_OF").Where(e => e.Comment.Contains("train", StringComparison.OrdinalIgnoreCase))
            .Concat(bill.Related(main, null, "DATA_FILE_OF"))
            .Concat(bill.Related(main, "OTHER", "OTHER").Where(e => e.Comment.Contains("trained on", StringComparison.OrdinalIgnoreCase)));
        ImmutableArray<ReferenceFacts> datasets =
        [
            .. found.Select(e => (Package: bill.Find(e.Id), e.Comment)).Where(e => e.Package is not null).Select(e => SpdxBill.ReferenceOf(e.Package!) is var reference
                ? reference with { Split = reference.Split ?? SplitOf(e.Comment) } : reference),
        ];
        return datasets.IsEmpty ? default(ImmutableArray<ReferenceFacts>?) : datasets;
    }

    private static string? SplitOf(string comment) =>
        comment.IndexOf("split: ", StringComparison.Ordinal) is >= 0 and var at && comment[(at + 7)..].Split(';')[0].Trim() is { Length: > 0 } split ? split : null;

    private static TrainingFacts? RunOf(SpdxBill bill, JsonObject main)
    {
        var tools = bill.Related(main, null, "BUILD_TOOL_OF").Select(e => (Package: bill.Find(e.Id), e.Comment)).Where(t => t.Package is not null).ToList();
        var framework = tools.FirstOrDefault(t => IsPurpose(t.Package!, "FRAMEWORK", t.Comment, "framework")).Package;
        var environment = tools.FirstOrDefault(t => IsPurpose(t.Package!, "CONTAINER", t.Comment, "environment")).Package;
        var code = bill.Related(main, "GENERATED_FROM", "GENERATES").Select(e => bill.Find(e.Id)).OfType<JsonObject>().FirstOrDefault();
        var facts = SpdxBill.AnnotatedFacts(main);
        var run = new TrainingFacts
        {
            Framework = CycloneDxBill.Text(framework?["name"]),
            FrameworkVersion = CycloneDxBill.Text(framework?["versionInfo"]),
            CodeDigest = code is null ? null : SpdxBill.DigestOf(code),
            CodeUri = code is null ? null : SpdxBill.ReferenceOf(code).Uri,
            EnvironmentDigest = environment is null ? null : SpdxBill.DigestOf(environment),
            EnvironmentUri = environment is null ? null : SpdxBill.ReferenceOf(environment) is { } place ? place.Uri ?? (place.Name == "training environment" ? null : place.Name) : null,
            Hyperparameters = Group(facts, "aixv:hyperparameter:"),
            Compute = Group(facts, "aixv:compute:"),
            Others = Group(facts.Where(f => f.Name is not ("aixv:run:invocation" or "aixv:run:started" or "aixv:run:finished")), "aixv:run:"),
            InvocationId = facts.FirstOrDefault(f => f.Name == "aixv:run:invocation").Value,
            StartedOn = TimeOf(facts.FirstOrDefault(f => f.Name == "aixv:run:started").Value),
            FinishedOn = TimeOf(facts.FirstOrDefault(f => f.Name == "aixv:run:finished").Value),
        };
        return run is { Framework: null, CodeDigest: null, CodeUri: null, EnvironmentDigest: null, EnvironmentUri: null, InvocationId: null, StartedOn: null, FinishedOn: null }
            && run.Hyperparameters.Count + run.Compute.Count + run.Others.Count == 0 ? null : run;
    }

    private static bool IsPurpose(JsonObject package, string purpose, string comment, string word) =>
        CycloneDxBill.Text(package["primaryPackagePurpose"]) == purpose || comment.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static JsonObject Group(IEnumerable<(string Name, string Value)> facts, string prefix)
    {
        var found = new JsonObject();
        foreach (var (name, value) in facts.Where(f => f.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            found.TryAdd(name[prefix.Length..], value);
        }

        return found;
    }

    internal static DateTimeOffset? TimeOf(string? text) =>
        text is not null && DateTimeOffset.TryParse(
            text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal | System.Globalization.DateTimeStyles.AdjustToUniversal, out var time)
            ? time : null;

    private static void AddNotes(SpdxBill bill, JsonObject main, List<string> notes)
    {
        foreach (var member in ((string[])["licenseDeclared", "licenseConcluded"]).Where(m => CycloneDxBill.Text(main[m]) is not (null or SpdxText.NoAssertion or SpdxText.None)))
        {
            notes.Add($"Not imported: {member} ({BillSubject.Shorten(CycloneDxBill.Text(main[member])!)}).");
        }

        var described = ((string[])["supplier", "originator", "versionInfo", "description", "homepage"]).Where(m => main[m] is not null).ToList();
        if (described.Count > 0)
        {
            notes.Add($"Not imported: what the document says of the artifact itself ({string.Join(", ", described)}).");
        }

        var others = bill.OtherRelationships;
        if (others > 0)
        {
            notes.Add($"Not imported: {FactText.Of(others)} relationships of other kinds, such as DEPENDS_ON and CONTAINS.");
        }
    }
}
