using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Guessing;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv attest ARTIFACT --predicate P --input FILE</c>: this is known of the artifact.</summary>
internal static class AttestCommand
{
    private const string Guessable = "training";
    private const int MaximumInput = 16 * 1024 * 1024;

    public static Command Create(App app)
    {
        var artifact = new Argument<string>("ARTIFACT") { Description = "The file that the claim is about." };
        var predicate = Options.Text("--predicate", "TYPE", "What is claimed: training, or the URI of a predicate type.");
        var input = Options.Text("--input", "FILE", "The claim, as a JSON object.");
        input.Aliases.Add("-i");
        var guess = Options.Flag("--guess", "Fill a training claim from config.json, README.md, adapter_config.json, trainer_state.json and git; what --input says stays.");
        var command = new Command("attest", "Say what is known of an artifact, and sign it.") { artifact, predicate, input, guess };
        command.Validators.Add(result => Validate(result, result.GetValue(predicate), result.GetValue(input), result.GetValue(guess)));
        var writing = new AttestationWriting(command, signs: false);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var path = parse.GetRequiredValue(artifact);
            var digests = ArtifactFile.Digest(app, path, new FileDigesterOptions(), cancellationToken);
            var content = parse.GetValue(input) is { } file ? SortedJson.ParseObject(ArtifactFile.Read(app, "input", file, MaximumInput), file, MaximumInput) : null;
            var guessed = parse.GetValue(guess) ? Guess(app, path, content, cancellationToken) : null;
            var name = parse.GetValue(predicate) ?? Guessable;
            var claim = PredicateTypes.Read(name, guessed?.ToClaim() ?? content!);
            RequireOthers(claim, digests.Sha256);
            var outcome = await writing.WriteAsync(app, parse, path, digests, claim, name, cancellationToken);
            return outcome with { Guessed = guessed?.Sources };
        });
    }

    private static void Validate(CommandResult result, string? predicate, string? input, bool guess)
    {
        if (!guess && (predicate is null || input is null))
        {
            result.AddError($"Option '{(predicate is null ? "--predicate" : "--input")}' is required, or --guess.");
        }

        if (guess && predicate is not (null or Guessable))
        {
            result.AddError($"--guess fills claims of type {Guessable} only.");
        }
    }

    /// <summary>Nothing is trained from itself; such a claim would make the lineage cyclic for ever, for records are append-only.</summary>
    private static void RequireOthers(Predicate claim, Digest artifact)
    {
        var parents = claim.Content["parent_models"] as JsonArray ?? [];
        for (var i = 0; i < parents.Count; i++)
        {
            Require(parents[i]?["digest"], $"parent_models[{i}].digest");
        }

        Require(claim.Name == "cl-delta" ? claim.Content["base_digest"] : null, "base_digest");

        void Require(JsonNode? digest, string place)
        {
            if (claim.IsValidated && digest?.ToString() == artifact.ToString())
            {
                throw new CommandFailure($"invalid {claim.Name} predicate: {place}: {artifact} is the artifact itself, and nothing comes from itself; name what it was made from");
            }
        }
    }

    private static TrainingGuess Guess(App app, string path, JsonObject? declared, CancellationToken cancellationToken)
    {
        var guess = TrainingGuess.Beside(app.Resolve(path), declared, cancellationToken);
        return guess.Sources.Count > 0 || declared is not null ? guess : throw new CommandFailure(
            $"nothing to guess from beside {path}: no config.json, README.md with front matter, adapter_config.json, trainer_state.json, training_args, tokenizer.json or git repository says anything");
    }
}
