namespace Aixv.Protocol.Lineage;

/// <summary>The words of kinds, relations and tiers in documents and on the terminal.</summary>
public static class EdgeNames
{
    public static string ToName(this EdgeKind kind) => kind switch
    {
        EdgeKind.DerivedFrom => "derived_from",
        EdgeKind.TrainedOn => "trained_on",
        EdgeKind.PackagedFrom => "packaged_from",
        EdgeKind.EvaluatedWith => "evaluated_with",
        EdgeKind.DeployedAs => "deployed_as",
    };

    public static string ToName(this EdgeRelation relation) => relation switch
    {
        EdgeRelation.Unspecified => "unspecified",
        EdgeRelation.FineTune => "fine-tune",
        EdgeRelation.Merge => "merge",
        EdgeRelation.Quantize => "quantize",
        EdgeRelation.Adapter => "adapter",
        EdgeRelation.Prune => "prune",
        EdgeRelation.Convert => "convert",
        EdgeRelation.Distil => "distil",
        EdgeRelation.Tokenizer => "tokenizer",
        EdgeRelation.Rollback => "rollback",
        EdgeRelation.Input => "input",
    };

    public static string ToName(this EvidenceTier tier) => tier switch
    {
        EvidenceTier.Described => "described",
        EvidenceTier.Identified => "identified",
        EvidenceTier.Attested => "attested",
    };

    /// <summary>The relation that a claim's word means: ours, the hub's (<c>finetune</c>, <c>quantized</c>), or a packaging's transform type.</summary>
    public static EdgeRelation ReadRelation(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "fine-tune" or "finetune" or "fine_tune" or "finetuned" or "fine-tuned" or "sft" or "dpo" or "ppo" or "rl-online" or "hotfix" => EdgeRelation.FineTune,
        "merge" or "merged" or "merge-adapter" => EdgeRelation.Merge,
        "quantize" or "quantise" or "quantized" or "quantised" => EdgeRelation.Quantize,
        "adapter" or "lora" or "lora-adapter" => EdgeRelation.Adapter,
        "prune" or "pruned" => EdgeRelation.Prune,
        "convert" or "converted" or "export" => EdgeRelation.Convert,
        "distil" or "distill" or "distilled" or "distillation" => EdgeRelation.Distil,
        "tokenizer" => EdgeRelation.Tokenizer,
        _ => EdgeRelation.Unspecified,
    };
}
