using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Reports;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Catalogs;

/// <summary>A Hugging Face model card: what the hub reads at its head, and a section on provenance.</summary>
internal sealed class HfModelCardExporter() : TextExporter(
    new("hf-model-card", "Hugging Face model card", "2026", "text/markdown", ".model-card.md", ExportCategory.Catalog) { FileName = "README.md" })
{
    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        writer.WriteLine("---");
        YamlText.Write(writer, Head(dossier));
        writer.WriteLine("---");
        writer.WriteLine();
        writer.WriteLine($"# {MarkdownText.Of(dossier.Artifact.Name)}");
        writer.WriteLine();
        foreach (var (title, text) in new[] { (null, dossier.Declared.Description), ("## Intended use", dossier.Declared.IntendedUse), ("## Limitations", dossier.Declared.Limitations) })
        {
            if (text is not null)
            {
                writer.Write(title is null ? "" : $"{title}\n\n");
                writer.WriteLine(MarkdownText.Of(text, 4000));
                writer.WriteLine();
            }
        }

        writer.WriteLine(ModelCardSection.Title);
        writer.WriteLine();
        ModelCardSection.Write(dossier, ModelCardLinks.None, writer);
    }

    private static JsonObject Head(Dossier dossier)
    {
        var declared = dossier.Declared;
        var parents = (dossier.Parents ?? []).Select(p => HubNames.Repository(p.Uri, isDataset: false)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return new JsonObject()
            .With("license", HubNames.Licence(declared.Licence))
            .With("license_name", declared.Licence is not null && HubNames.Licence(declared.Licence) == "other" ? "other" : null)
            .With("language", declared.Languages.Where(l => l.Length is 2 or 3 && l.All(char.IsAsciiLetterLower)).ToJsonArray())
            .With("base_model", parents.ToJsonArray())
            .With("base_model_relation", parents.Count == 0 ? null : Relation(dossier))
            .With("datasets", (dossier.Datasets ?? []).Select(d => HubNames.Repository(d.Uri, isDataset: true)).OfType<string>().Distinct(StringComparer.Ordinal).ToJsonArray())
            .With("library_name", HubNames.IsWord(declared.Library) ? declared.Library : null)
            .With("pipeline_tag", HubNames.PipelineTag(declared.Task))
            .With("tags", new JsonArray("aixv"));
    }

    /// <summary>The hub knows four relations, and one for all parents.</summary>
    private static string? Relation(Dossier dossier)
    {
        var relations = (dossier.Parents ?? []).Select(p => EdgeNames.ReadRelation(p.Relation) switch
        {
            EdgeRelation.FineTune => "finetune",
            EdgeRelation.Merge => "merge",
            EdgeRelation.Quantize => "quantized",
            EdgeRelation.Adapter => "adapter",
            _ => null,
        }).Distinct().ToList();
        return relations.Count == 1 ? relations[0] : null;
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text is { } text && HeadOf(text) is { } head
            && YamlReading.Members(head).Keys.Any(key => key is "license" or "base_model" or "pipeline_tag" or "library_name" or "tags" or "model-index");
    }

    private static string? HeadOf(string text) => text.StartsWith("---\n", StringComparison.Ordinal) && text.IndexOf("\n---", 4, StringComparison.Ordinal) is > 0 and var end ? text[4..end] : null;

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var members = YamlReading.Members(HeadOf(document.Text!)!);
        if (members.TryGetValue("pipeline_tag", out var tag) && tag.Length > 0 && HubNames.PipelineTag(tag) is null)
        {
            yield return $"pipeline_tag: the hub knows no {tag}";
        }

        if (members.TryGetValue("base_model_relation", out var relation) && relation is not ("finetune" or "merge" or "quantized" or "adapter"))
        {
            yield return "base_model_relation: finetune, merge, quantized or adapter is expected";
        }
    }
}
