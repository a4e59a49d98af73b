using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Guessing;

/// <summary>What a trainer left behind: <c>trainer_state.json</c>, <c>training_args.json</c>, and of <c>training_args.bin</c> the digest alone.</summary>
internal static class TrainerGuess
{
    private const string State = "trainer_state.json";
    private const string Arguments = "training_args.json";
    private const string Pickle = "training_args.bin";
    private static readonly string[] StateParameters = ["num_train_epochs", "max_steps", "train_batch_size"];

    private static readonly string[] ArgumentNames =
    [
        "learning_rate", "weight_decay", "warmup_steps", "warmup_ratio", "lr_scheduler_type", "optim", "seed", "data_seed", "num_train_epochs", "max_steps",
        "per_device_train_batch_size", "gradient_accumulation_steps", "max_grad_norm", "bf16", "fp16",
    ];

    public static void Read(TrainingGuess guess, CancellationToken cancellationToken)
    {
        if (guess.TryReadJson(State) is { } state)
        {
            guess.Declare("training_run", "global_step", state["global_step"], State);
            guess.Declare("training_run", "epoch", state["epoch"], State);
            guess.Declare("compute", "total_flos", state["total_flos"], State);
            Copy(guess, state, StateParameters, State);
        }

        if (guess.TryReadJson(Arguments) is { } arguments)
        {
            Copy(guess, arguments, ArgumentNames, Arguments);
        }

        // A pickle can run code when it is opened, so it is not.
        var pickle = guess.PathOf(Pickle);
        if (File.Exists(pickle))
        {
            guess.Observe("training_run", "training_args_digest", FileDigester.Digest(pickle, cancellationToken: cancellationToken).Sha256.ToString(), Pickle);
        }
    }

    private static void Copy(TrainingGuess guess, JsonObject from, string[] names, string file)
    {
        foreach (var name in names)
        {
            guess.Declare("hyperparameters", name, from[name], file);
        }
    }
}
