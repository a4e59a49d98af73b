using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Records;
using Aixv.Cli.Trust;
using Aixv.Protocol.Advisories;
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
            var signers = require || trusted.IsGiven(parse) ? trusted.Read(app, parse) : null;
            var folder = store.Records(app, parse);
            var listing = folder.List(RecordKinds.Advisory);
            var unreadable = new List<DamagedFile>();
            var attested = AttestedAdvisories.Read(folder.Root, [], unreadable).ToList();
            var isAsked = signers is not null
                && (listing.Records.Any(record => record.BundlePath is not null) || attested.Any(found => AttestationVerifier.BundleOf(found.Path, found.Record) is not null));

            // Without --require-signed the list is evidence, which fails open; with it the answer depends on signatures.
            var (material, note) = !isAsked ? (null, null)
                : require ? (await trust.ResolveAsync(app, parse, cancellationToken), null)
                : await trust.TryResolveAsync(app, parse, cancellationToken);
            var verifier = material is null ? null : new Verifier(material.ParseRoot());
            var records = verifier is null ? null : new RecordVerifier(verifier, signers!.Keys);
            var attestations = verifier is null ? null : new AttestationVerifier(verifier, signers!.Keys);
            var trusts = trusted.Matcher(parse, signers?.Keys ?? ManagedKeys.None);
            return new AdvisoryListing
            {
                Command = string.Join(' ', CommandLine.Words(parse)),
                Artifact = parse.GetRequiredValue(artifact),
                Digest = digest,
                RequiresSigned = require,
                Entries =
                [
                    .. listing.Records.Select(record => ListedAdvisory.Read(record, records, signers)),
                    .. attested.Select(found => ListedAdvisory.Read(found, attestations, trusts)),
                ],
                Damaged = [.. listing.Damaged, .. unreadable],
                Note = note ?? material?.Warning,
                Show = path => store.Show(app, parse, path),
            };
        });
    }
}
