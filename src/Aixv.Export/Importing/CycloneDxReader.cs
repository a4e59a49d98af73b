using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>CycloneDX bills of materials in any of their forms: parents, datasets and the training run of the model that they are of.</summary>
internal abstract class CycloneDxReader(string format) : EvidenceReader(format)
{
    /// <summary>The document's content in the form of its JSON.</summary>
    protected abstract JsonObject ContentOf(DocumentProbe document);

    public override ImportedEvidence Read(DocumentProbe document, Digest? artifact)
    {
        ArgumentNullException.ThrowIfNull(document);
        var bill = new CycloneDxBill(ContentOf(document));
        var notes = new List<string>();
        var main = MainOf(bill, artifact);
        var name = CycloneDxBill.NameOf(main);
        var subject = BillSubject.Of(CycloneDxBill.DigestOf(main), artifact, name, notes);
        var training = new ImportedTraining
        {
            Subjects = [new StatementSubject(name, subject)],
            Parents = ParentsOf(main),
            Datasets = DatasetsOf(bill, main),
            Run = new CycloneDxRun(bill, main, subject, notes).Read(),
        };
        CycloneDxNotes.Add(bill, main, notes);
        return new ImportedEvidence(Format)
        {
            Statements = training.IsEmpty ? [] : [training.ToStatement(Format, document)],
            Notes = training.IsEmpty ? [.. notes, "The bill says nothing of parents, datasets or training; nothing is imported."] : [.. notes],
        };
    }

    /// <summary>What the bill is of; another component where the caller's digest is that one's.</summary>
    private static JsonObject MainOf(CycloneDxBill bill, Digest? artifact) =>
        (artifact is null ? null : bill.Components.FirstOrDefault(c => CycloneDxBill.DigestOf(c) == artifact))
        ?? bill.Main
        ?? throw new FormatException("the bill does not say what it is of: $.metadata.component is missing, and no component is a model");

    /// <summary>What is in no list is unknown; that there is none must be said.</summary>
    private static ImmutableArray<ReferenceFacts>? ParentsOf(JsonObject main)
    {
        var pedigree = CycloneDxBill.Object(main["pedigree"]);
        ImmutableArray<ReferenceFacts> parents = [.. CycloneDxBill.Items(pedigree?["ancestors"]).Select(CycloneDxBill.ReferenceOf).Where(HasIdentity)];
        return parents.IsEmpty && CycloneDxBill.Text(pedigree?["notes"]) != CycloneDxContent.TrainedFromScratch ? default(ImmutableArray<ReferenceFacts>?) : parents;
    }

    /// <summary>What the model card names; of a bill whose card names none, the data that the model depends on, unless AIXV wrote it: it tells training from evaluation.</summary>
    private static ImmutableArray<ReferenceFacts>? DatasetsOf(CycloneDxBill bill, JsonObject main)
    {
        var card = CycloneDxBill.Object(main["modelCard"]);
        var named = CycloneDxBill.Items(CycloneDxBill.Object(card?["modelParameters"])?["datasets"])
            .Select(d => CycloneDxBill.Text(d["ref"]) is { } reference ? bill.Find(reference) : d)
            .OfType<JsonObject>()
            .ToList();
        var used = bill.DependenciesOf(main).Where(c => CycloneDxBill.Text(c["type"]) == "data" && CycloneDxBill.Property(c, "aixv:evidence:tier") is null);
        ImmutableArray<ReferenceFacts> datasets = [.. (named.Count > 0 ? named : used).Distinct().Select(CycloneDxBill.ReferenceOf).Where(HasIdentity)];
        return datasets.IsEmpty ? default(ImmutableArray<ReferenceFacts>?) : datasets;
    }

    private static bool HasIdentity(ReferenceFacts reference) => reference is not { Digest: null, Uri: null, Name: null };
}
