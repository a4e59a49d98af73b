using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Catalogs;

/// <summary>A format whose document is YAML: one mapping, at its head a comment on what it rests on.</summary>
internal abstract class YamlExporter(ExportFormat format) : TextExporter(format)
{
    protected abstract JsonObject Build(Dossier dossier);

    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        if (EvidencePointer.Of(dossier) is { } evidence)
        {
            writer.WriteLine($"# Not signed itself. The signed evidence is the bundle sha256:{evidence.Digest.Hex}{(evidence.LogIndex is { } index ? $", log index {index}" : "")}.");
        }

        YamlText.Write(writer, Build(dossier));
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text is { } text && document.Json is null && Recognizes(YamlReading.Members(text));
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return Faults(YamlReading.Members(document.Text!));
    }

    protected abstract bool Recognizes(IReadOnlyDictionary<string, string> members);

    protected abstract IEnumerable<string> Faults(IReadOnlyDictionary<string, string> members);
}
