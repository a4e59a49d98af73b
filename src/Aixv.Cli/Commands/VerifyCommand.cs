using System.CommandLine;
using Aixv.Cli.Artifacts;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv verify</c>: was this artifact signed, or attested, by whom I expect, and does my policy admit it?</summary>
internal static class VerifyCommand
{
    public static Command Create(App app)
    {
        var artifact = new Argument<string>("ARTIFACT") { Description = "The file, or its digest as sha256:HEX (then with --bundle)." };
        var bundle = Options.Text("--bundle", "FILE", "The Sigstore bundle (default: ARTIFACT.sigstore.json).");
        var command = new Command("verify", "Verify an artifact against its signature or attestation, and a policy.") { artifact, bundle };
        var verifying = new ArtifactVerifying(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var named = ArtifactName.Parse(app, parse.GetRequiredValue(artifact));
            return await verifying.VerifyAsync(app, parse, named, parse.GetValue(bundle) ?? DefaultBundle(named), null, cancellationToken);
        });
    }

    private static string DefaultBundle(ArtifactName artifact) => artifact.Digest is null
        ? $"{artifact.Text}.sigstore.json"
        : throw new CommandFailure("a digest has no bundle beside it: pass --bundle FILE");
}
