using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Signing;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;

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
        var output = Options.Text("--output", "FILE", "Where to write the statement (default: STEM.PREDICATE.statement.json).");
        var bundle = Options.Text("--bundle", "FILE", "Where to write the bundle (default: STEM.PREDICATE.sigstore.json).");
        var store = Options.Text("--store", "DIR", "The store of attestations (or AIXV_STORE; default: .aixv).");
        var command = new Command("attest", "Say what is known of an artifact, and sign it.") { artifact, predicate, input, output, bundle, store };
        var sign = new Toggle(command, "sign", "Sign, or fail. Without this it is signed when there is a token or a key.");
        var signing = new SigningOptions(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var path = parse.GetRequiredValue(artifact);
            var digests = ArtifactFile.Digest(app, path, new FileDigesterOptions(), cancellationToken);
            var content = SortedJson.ParseObject(ArtifactFile.Read(app, "input", parse.GetRequiredValue(input), MaximumInput), parse.GetRequiredValue(input), MaximumInput);
            var claim = PredicateTypes.Read(parse.GetRequiredValue(predicate), content);
            var statement = new Statement([new StatementSubject(Path.GetFileName(app.Resolve(path)), digests.Sha256)], claim);
            var stem = Path.Combine(Path.GetDirectoryName(path) ?? "", $"{Path.GetFileNameWithoutExtension(path)}.{claim.Name}");
            var writing = new AttestationFiles(
                parse.GetValue(output) ?? $"{stem}.statement.json",
                parse.GetValue(bundle) ?? $"{stem}.sigstore.json",
                parse.GetValue(store) ?? app.Setting("AIXV_STORE") ?? ".aixv");
            var signed = sign.Read(parse) ?? await signing.CanSignAsync(app, parse, cancellationToken)
                ? await SignAsync(app, parse, signing, statement, digests, writing, cancellationToken)
                : null;
            return new AttestOutcome
            {
                Artifact = path,
                Digest = digests.Sha256,
                PredicateName = parse.GetRequiredValue(predicate),
                Predicate = claim,
                Files = writing,
                RecordPath = writing.Write(app, statement, signed),
                Signer = signed is null ? null : SignedBy.Read(signed),
                IsStaging = signing.IsStaging(parse),
                WasForbidden = sign.Read(parse) == false,
            };
        });
    }

    private static async Task<Bundle> SignAsync(
        App app,
        ParseResult parse,
        SigningOptions signing,
        Statement statement,
        ArtifactDigests digests,
        AttestationFiles files,
        CancellationToken cancellationToken)
    {
        OutputFile.RequireWritable(app, files.Bundle);
        OutputFile.RequireWritable(app, files.Statement);
        using var open = await signing.OpenAsync(app, parse, cancellationToken);
        return await open.Signer.SignStatementAsync(statement.ToBytes(), digests, cancellationToken);
    }
}
