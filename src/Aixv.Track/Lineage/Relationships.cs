namespace Aixv.Track.Lineage;

/// <summary>The documented words for edges.</summary>
internal static class Relationships
{
    public const string TrainedOn = "trained_on";
    public const string DeployedAs = "deployed_as";
    public const string DerivedFrom = "derived_from";

    /// <summary>Of a training run: the model that came of it. The model depends on the run, so the edge leads from the model.</summary>
    public const string Produced = "produced";

    /// <summary>The same edge, as the lineage has it.</summary>
    public const string ProducedBy = "produced_by";

    /// <summary>How a model came from another.</summary>
    public static IReadOnlyList<string> OfModels { get; } = ["fine_tuned_from", "distilled_from", "quantized_from", "merged_from", "derived_from"];

    /// <summary>How a dataset came from another.</summary>
    public static IReadOnlyList<string> OfDatasets { get; } = ["derived_from", "preprocessed_from", "merged_from"];
}
