using System.CommandLine;
using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Protocol.Predicates;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv sign-delta ARTIFACT --base DIGEST|PATH --update-type T</c>: this is a step of continual learning from that.</summary>
internal static class SignDeltaCommand
{
    private const string Alias = "cl-delta";

    public static Command Create(App app)
    {
        var artifact = new Argument<string>("ARTIFACT") { Description = "The updated model." };
        var from = new Option<string>("--base") { Description = "What was updated: a file, or its digest.", HelpName = "DIGEST|PATH", Required = true };
        var update = new Option<string>("--update-type") { Description = "sft, dpo, ppo, rl-online or hotfix.", HelpName = "TYPE", Required = true };
        var target = Options.Text("--rollback-target", "DIGEST|PATH", "Where to go back to (default: the base).");
        var migration = Options.Text("--state-migration", "WORD", "none or required.");
        var scope = Options.Text("--delta-scope", "TEXT", "What the update changed, as lm_head.");
        var command = new Command("sign-delta", "Sign an update of a model, with what it was made from.") { artifact, from, update, target, migration, scope };
        var writing = new AttestationWriting(command, signs: true);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var path = parse.GetRequiredValue(artifact);
            var digests = ArtifactFile.Digest(app, path, new FileDigesterOptions(), cancellationToken);
            var baseDigest = ArtifactName.ReadDigest(app, parse.GetRequiredValue(from), cancellationToken);
            if (baseDigest == digests.Sha256)
            {
                throw new CommandFailure($"invalid base: {baseDigest} is the artifact itself");
            }

            var content = new JsonObject { ["base_digest"] = baseDigest.ToString(), ["update_type"] = parse.GetRequiredValue(update) };
            Add(content, "rollback_target_digest", parse.GetValue(target) is { } back ? ArtifactName.ReadDigest(app, back, cancellationToken).ToString() : null);
            Add(content, "state_migration", parse.GetValue(migration));
            Add(content, "delta_scope", parse.GetValue(scope));
            return await writing.WriteAsync(app, parse, path, digests, PredicateTypes.Read(Alias, content), Alias, cancellationToken);
        });
    }

    private static void Add(JsonObject content, string name, string? value)
    {
        if (value is not null)
        {
            content[name] = value;
        }
    }
}
