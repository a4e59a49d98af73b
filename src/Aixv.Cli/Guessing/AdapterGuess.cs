using System.Text.Json.Nodes;

namespace Aixv.Cli.Guessing;

/// <summary><c>adapter_config.json</c> of an adapter: its base, and how it was made.</summary>
internal static class AdapterGuess
{
    private const string Name = "adapter_config.json";
    private static readonly string[] Parameters = ["r", "lora_alpha", "lora_dropout", "target_modules", "use_rslora", "use_dora", "bias"];

    public static void Read(TrainingGuess guess)
    {
        if (guess.TryReadJson(Name) is not { } adapter)
        {
            return;
        }

        if (Text(adapter["base_model_name_or_path"]) is { } name && HubReference.TryCreate(name, "hf://", Text(adapter["revision"])) is { } parent)
        {
            parent["relation"] = "adapter";
            guess.DeclareReference("parent_models", parent, Name);
        }

        guess.Declare("metadata", "peft_type", adapter["peft_type"], Name);
        guess.Declare("metadata", "task_type", adapter["task_type"], Name);
        foreach (var parameter in Parameters)
        {
            guess.Declare("hyperparameters", parameter, adapter[parameter], Name);
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
