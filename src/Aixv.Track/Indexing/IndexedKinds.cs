using Aixv.Sigstore.Artifacts;

namespace Aixv.Track.Indexing;

/// <summary>Terms that say what a thing is, so that different things of a kind can be counted. The value is the hex of a digest, or an id where there is none.</summary>
internal static class IndexedKinds
{
    public const string Model = "model";
    public const string Dataset = "dataset";

    /// <summary>Marks what a record is about as a model or dataset; other kinds are not counted.</summary>
    public static IndexChanges Kind(this IndexChanges changes, string? kind, Digest? digest, string id) =>
        kind is Model or Dataset ? changes.Term(kind, digest?.Hex ?? id) : changes;
}
