using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv attest ARTIFACT --predicate P --input FILE</c>: this is known of the artifact.</summary>
internal static class AttestCommand
{
    private const int MaximumInput = 16 * 1024 * 1024;

    public static Command Create(App app)
    {
        var artifact = new Argument<string>("ARTIFACT") { Description = "The file that the claim is about." };
        var predicate = new Option<string>("--predicate") { Description = "What is claimed: training, or the URI of a predicate type.", HelpName = "TYPE", Required = true };
        var input = new Option<string>("--input") { Description = "The claim, as a JSON object.", HelpName = "FILE", Required = true };
        var command = new Command("attest", "Say what is known of an artifact, and sign it.") { artifact, predicate, input };
        var writing = new AttestationWriting(command, signs: false);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var path = parse.GetRequiredValue(artifact);
            var digests = ArtifactFile.Digest(app, path, new FileDigesterOptions(), cancellationToken);
            var content = SortedJson.ParseObject(ArtifactFile.Read(app, "input", parse.GetRequiredValue(input), MaximumInput), parse.GetRequiredValue(input), MaximumInput);
            var claim = PredicateTypes.Read(parse.GetRequiredValue(predicate), content);
            return await writing.WriteAsync(app, parse, path, digests, claim, parse.GetRequiredValue(predicate), cancellationToken);
        });
    }
}
