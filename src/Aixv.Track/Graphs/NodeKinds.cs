using Aixv.Protocol.Lineage;
using Aixv.Track.Indexing;

namespace Aixv.Track.Graphs;

/// <summary>What a node is, and at which stage of the pipeline it stands: as its records say, else as its edges show.</summary>
internal static class NodeKinds
{
    public const string Dataset = "dataset";
    public const string Model = "model";
    public const string Adapter = "adapter";
    public const string Tokenizer = "tokenizer";
    public const string Training = "training";
    public const string Deployment = "deployment";
    public const string Artifact = "artifact";

    /// <summary>All kinds, for those who list them.</summary>
    public static IReadOnlyList<string> All { get; } = [Dataset, Model, Adapter, Tokenizer, Training, "evaluation", "packaging", Deployment, Artifact];

    public static string? OfRecord(RecordType type) => type switch
    {
        RecordType.Model => Model,
        RecordType.Dataset => Dataset,
        RecordType.TrainingRun => Training,
        RecordType.Deployment => Deployment,
        _ => null,
    };

    /// <summary>What the subject of such a statement is; null where it can be anything.</summary>
    public static string? OfPredicate(string type) => type switch
    {
        "https://aixv.org/attestation/training/v1" or "https://aixv.org/attestation/cl-delta/v1" => Model,
        _ => null,
    };

    /// <summary>Whether a node of this kind is something that was done rather than something that was made.</summary>
    public static bool IsProcess(string kind) => kind is Training or Deployment;

    /// <param name="stated">As records and statements say, or null.</param>
    /// <param name="up">The edges that leave the node.</param>
    /// <param name="down">The edges that reach it.</param>
    public static string Of(string? stated, IReadOnlyCollection<EdgeLabel> up, IReadOnlyCollection<EdgeLabel> down)
    {
        if (stated is not null && stated != Model)
        {
            return stated;
        }

        if (down.Any(e => e.Finer == EdgeRelation.Tokenizer))
        {
            return Tokenizer;
        }

        if (stated is null && down.Any(e => e.Kind is EdgeKind.TrainedOn or EdgeKind.EvaluatedWith))
        {
            return Dataset;
        }

        if (up.Any(e => e.Finer == EdgeRelation.Adapter))
        {
            return Adapter;
        }

        return stated ?? (up.Any(IsOfModels) || down.Any(IsOfModels) ? Model : Artifact);
    }

    private static bool IsOfModels(EdgeLabel edge) => edge.Kind is EdgeKind.DerivedFrom or EdgeKind.TrainedOn or EdgeKind.DeployedAs
        || (edge.Kind == EdgeKind.PackagedFrom && edge.Finer is not EdgeRelation.Input and not EdgeRelation.Tokenizer and not EdgeRelation.Unspecified);

    public static string StageOf(string kind, IReadOnlyCollection<EdgeLabel> up) => kind switch
    {
        Dataset or Tokenizer => "data",
        Deployment => "deployment",
        _ when up.Any(IsPackaging) => "packaging",
        _ when up.Any(e => e.Kind == EdgeKind.DerivedFrom && e.Relation != Lineage.Relationships.ProducedBy) => "finetuning",
        "evaluation" or "packaging" => "packaging",
        Artifact => up.Any(e => e.Kind == EdgeKind.PackagedFrom) ? "packaging" : "pretraining",
        _ => "pretraining",
    };

    private static bool IsPackaging(EdgeLabel edge) =>
        edge.Finer is EdgeRelation.Quantize or EdgeRelation.Convert or EdgeRelation.Prune || (edge.Kind == EdgeKind.PackagedFrom && edge.Finer != EdgeRelation.Tokenizer);
}
