using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Records;
using Aixv.Cli.Trust;
using Aixv.Protocol.Advisories.Feeds;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv advisory sync --feed PATH|URL</c>: takes over what a feed says, each advisory after its signature was verified.</summary>
internal static class AdvisorySyncCommand
{
    public static Command Create(App app)
    {
        var feed = new Option<string>("--feed") { Description = "The feed (aixv.advisory-feed/v1): a file or an https address.", HelpName = "PATH|URL", Required = true };
        var age = new Option<int?>("--max-bundle-age-days") { Description = "How old an advisory's signature may be.", HelpName = "N" };
        age.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--max-bundle-age-days must be 1 or more.");
            }
        });
        var command = new Command("sync", "Take over the advisories of a feed.") { feed, age };
        var snapshot = new Toggle(command, "require-snapshot", "Refuse a feed without a signed snapshot that has not expired.");
        var unchanged = new Toggle(command, "allow-unchanged", "Take an advisory that was imported before, byte for byte, as unchanged instead of as a replay.");
        var trusted = new TrustedSubjectOptions(command, "--trusted", "an advisory");
        var store = new StoreFolder(command);
        var trust = new TrustOptions(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var request = new FeedSyncRequest
            {
                Feed = Reference(app, parse.GetRequiredValue(feed)),
                Trusted = trusted.Read(app, parse),
                MaxBundleAgeDays = parse.GetValue(age),
                RequireSnapshot = snapshot.Read(parse) ?? false,
                AllowUnchanged = unchanged.Read(parse) ?? false,
            };
            if (request.Feed.Address is not null && trust.IsOffline(parse))
            {
                throw new CommandFailure("a remote feed cannot be fetched with --offline: name a file");
            }

            var material = await trust.ResolveAsync(app, parse, cancellationToken);
            using var http = app.Http is null ? ServiceTransport.CreateHttpClient() : new HttpClient(app.Http());
            var sync = new FeedSync(store.Records(app, parse), new Verifier(material.ParseRoot()), new ReferenceFetcher(http), app.Time);
            var result = await sync.RunAsync(request, cancellationToken);
            return new SyncOutcome(string.Join(' ', CommandLine.Words(parse)), parse.GetRequiredValue(feed), result, path => store.Show(app, parse, path), material);
        });
    }

    /// <exception cref="CommandFailure">There is no such file.</exception>
    /// <exception cref="FormatException">An address that is not https.</exception>
    private static FeedReference Reference(App app, string text)
    {
        var reference = FeedReference.Parse(text);
        return reference.Path is not { } path ? reference
            : File.Exists(app.Resolve(path)) ? FeedReference.Parse(app.Resolve(path))
            : throw new CommandFailure($"feed not found: {text}");
    }
}
