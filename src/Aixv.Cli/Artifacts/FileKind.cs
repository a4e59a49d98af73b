namespace Aixv.Cli.Artifacts;

/// <summary>What an artifact is by its name and its first bytes (protocol §2, artifact types). Of weights neither tells whether they are a base model's.</summary>
internal static class FileKind
{
    private const int Head = 16;

    private static readonly Dictionary<string, string> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["tokenizer.json"] = "tokenizer",
        ["tokenizer_config.json"] = "tokenizer",
        ["special_tokens_map.json"] = "tokenizer",
        ["added_tokens.json"] = "tokenizer",
        ["vocab.json"] = "tokenizer",
        ["vocab.txt"] = "tokenizer",
        ["merges.txt"] = "tokenizer",
        ["tokenizer.model"] = "tokenizer",
        ["spiece.model"] = "tokenizer",
        ["sentencepiece.bpe.model"] = "tokenizer",
        ["config.json"] = "inference-config",
        ["generation_config.json"] = "inference-config",
        ["preprocessor_config.json"] = "inference-config",
        ["chat_template.jinja"] = "inference-config",
        ["trainer_state.json"] = "training-config",
        ["training_args.bin"] = "training-config",
        ["adapter_model.safetensors"] = "lora-adapter",
        ["adapter_model.bin"] = "lora-adapter",
        ["adapter_config.json"] = "lora-adapter",
    };

    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".gguf"] = "quantized-model",
        [".parquet"] = "dataset",
        [".arrow"] = "dataset",
        [".jsonl"] = "dataset",
        [".csv"] = "dataset",
        [".tsv"] = "dataset",
    };

    /// <summary>Null where the file does not say, or its bytes are not what its name says.</summary>
    public static string? Of(string path)
    {
        var name = Path.GetFileName(path);
        return (ByName.TryGetValue(name, out var type) || ByExtension.TryGetValue(Path.GetExtension(name), out type)) && Fits(path, Path.GetExtension(name).ToLowerInvariant()) ? type : null;
    }

    private static bool Fits(string path, string extension)
    {
        Span<byte> head = stackalloc byte[Head];
        try
        {
            using var file = File.OpenRead(path);
            head = head[..file.ReadAtLeast(head, Head, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return extension switch
        {
            ".gguf" => head.StartsWith("GGUF"u8),
            ".parquet" => head.StartsWith("PAR1"u8),
            ".arrow" => head.StartsWith("ARROW1"u8),
            ".json" or ".jsonl" => head.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..],
            _ => true,
        };
    }
}
