using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Records;
using Aixv.Cli.Trust;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv advisory list ARTIFACT</c>: what the store's advisories say of this very artifact.</summary>
internal static class AdvisoryListCommand
{
    public static Command Create(App app)
    {
        var artifact = new Argument<string>("ARTIFACT") { Description = "The file, or its digest as sha256:HEX." };
        var command = new Command("list", "List the advisories that name an artifact.") { artifact };
        var signed = new Toggle(command, "require-signed", "Count only advisories that a trusted subject signed.");
        var trusted = new TrustedSubjectOptions(command, "--trusted", "an advisory");
        var store = new StoreFolder(command);
        var trust = new TrustOptions(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var digest = ArtifactName.ReadDigest(app, parse.GetRequiredValue(artifact), cancellationToken);
            var require = signed.Read(parse) ?? false;
            var signers = require || trusted.IsGiven(parse) ? trusted.Read(parse) : null;
            var listing = store.Records(app, parse).List(RecordKinds.Advisory);
            var material = signers is null || listing.Records.All(record => record.BundlePath is null) ? null : await trust.ResolveAsync(app, parse, cancellationToken);
            var verifier = material is null ? null : new RecordVerifier(new Verifier(material.ParseRoot()));
            return new AdvisoryListing
            {
                Command = string.Join(' ', CommandLine.Words(parse)),
                Artifact = parse.GetRequiredValue(artifact),
                Digest = digest,
                RequiresSigned = require,
                Entries = [.. listing.Records.Select(record => ListedAdvisory.Read(record, verifier, signers))],
                Damaged = listing.Damaged,
                Show = path => store.Show(app, parse, path),
            };
        });
    }
}
