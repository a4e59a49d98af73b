using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Guessing;

/// <summary><c>config.json</c> and the tokenizer, as model hubs have them.</summary>
internal static class ConfigGuess
{
    private const string Name = "config.json";
    private static readonly string[] ContextNames = ["max_position_embeddings", "max_seq_len", "n_positions", "n_ctx"];

    public static void Read(TrainingGuess guess, CancellationToken cancellationToken)
    {
        var tokenizer = guess.PathOf("tokenizer.json");
        if (File.Exists(tokenizer))
        {
            guess.Observe("metadata", "tokenizer_digest", FileDigester.Digest(tokenizer, cancellationToken: cancellationToken).Sha256.ToString(), "tokenizer.json");
        }

        if (guess.TryReadJson(Name) is not { } config)
        {
            return;
        }

        guess.Declare("metadata", "architecture", (config["architectures"] as JsonArray)?.FirstOrDefault() ?? config["model_type"], Name);
        guess.Declare("metadata", "model_type", config["model_type"], Name);
        guess.Declare("metadata", "dtype", config["dtype"] ?? config["torch_dtype"], Name);
        guess.Declare("metadata", "context_length", ContextNames.Select(name => config[name]).FirstOrDefault(value => value is not null), Name);
        guess.Declare("metadata", "vocab_size", config["vocab_size"], Name);
        if (config["transformers_version"] is { } version)
        {
            guess.Declare("training_run", "framework", "transformers", Name);
            guess.Declare("training_run", "framework_version", version, Name);
        }
    }
}
