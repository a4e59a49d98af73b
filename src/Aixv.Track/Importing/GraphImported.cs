using System.Text.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Log;

namespace Aixv.Track.Importing;

/// <summary><c>graph.imported</c>: a batch of nodes of somebody else's graph, with how far the import has come.</summary>
internal sealed class GraphImported() : EntryKind(KindName)
{
    public const string KindName = "graph.imported";

    /// <summary>The term by which the batches of one input are found.</summary>
    public const string InputTerm = "import";

    /// <summary>The term by which the batches of one source are found.</summary>
    public const string SourceTerm = "import_source";

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var batch = ImportBatch.Read(document.RootElement, entry.Content.Span);
        changes.Key(batch.UniqueKey, batch.Fingerprint)
            .EntryTerm(InputTerm, batch.Input)
            .EntryTerm(SourceTerm, batch.Source);
        foreach (var node in DescribedJson.ReadAll(document.RootElement))
        {
            changes.Describe(batch.Source, node);
        }
    }
}
