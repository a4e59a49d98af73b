using Aixv.Track.Indexing;
using Aixv.Track.Storage;

namespace Aixv.Track.Attesting;

/// <summary>The words for the types of records that are nodes of the lineage.</summary>
internal static class RecordWords
{
    public static string Of(RecordType type) => type switch
    {
        RecordType.Model => "model",
        RecordType.Dataset => "dataset",
        RecordType.Deployment => "deployment",
        RecordType.TrainingRun => "training_run",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no node of the lineage"),
    };

    /// <exception cref="InvalidDataException">None of them: the entry is damaged.</exception>
    public static RecordType Parse(string word) => word switch
    {
        "model" => RecordType.Model,
        "dataset" => RecordType.Dataset,
        "deployment" => RecordType.Deployment,
        "training_run" => RecordType.TrainingRun,
        _ => throw new InvalidDataException($"track: an entry refers to a '{word}'"),
    };

    /// <summary>The id with the prefix of its type.</summary>
    public static string IdOf(RecordType type, TrackId id) => type switch
    {
        RecordType.Model => Ids.Model(id),
        RecordType.Dataset => Ids.Dataset(id),
        RecordType.Deployment => Ids.Deployment(id),
        RecordType.TrainingRun => Ids.TrainingRun(id),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no node of the lineage"),
    };
}
