using System.CommandLine;
using System.Globalization;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Publishing;
using Aixv.Cli.Publishing.Fetching;
using Aixv.Cli.Publishing.Folders;
using Aixv.Cli.Publishing.Hubs;
using Aixv.Cli.Publishing.Registries;
using Aixv.Cli.Publishing.Sending;
using Aixv.Cli.Publishing.Transport;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv fetch SOURCE</c>: gets a model with its bundles, verifies it as <c>verify</c> does, and only then leaves it in its place.</summary>
internal sealed class FetchCommand
{
    private const long DefaultMaximum = 1L << 40;

    private readonly Argument<string> source = new("SOURCE") { Description = "org/model of the hub at HF_ENDPOINT, oci://host/name:tag, the https:// address of a file, or a folder." };
    private readonly Option<string?> output = new("--output", "-o") { HelpName = "DIR", Description = "Where to put it (default: a folder with the model's name; of an address this one)." };
    private readonly Option<string?> revision = Options.Text("--revision", "NAME", "The branch, tag or commit on the hub (default: main).");
    private readonly Option<string[]> files = new("--file") { HelpName = "PATH", Description = "The file to take (default: all weights). May be repeated." };
    private readonly Option<string[]> bundles = new("--bundle") { HelpName = "FILE", Description = "A bundle on this machine, beside those that are found. May be repeated." };
    private readonly Option<string?> track = Options.Text("--track", "URL", $"The registry that is asked by digest where no bundle is found (default: {PublishedPlaces.TrackVariable}).");
    private readonly Option<bool> unverified = Options.Flag("--with-unverified", "Take also the files that no bundle is about: configuration, tokenizer, code. Nothing is known of who made them.");
    private readonly Option<bool> force = Options.Flag("--force", "Replace files that are there and are something else.");
    private readonly Option<string?> maximum = Options.Text("--max-size", "BYTES", "A longer file is refused; with k, M, G or T (default: 1T).");
    private readonly ArtifactVerifying verifying;

    private FetchCommand(Command command)
    {
        command.Add(source);
        foreach (var option in (Option[])[output, revision, files, bundles, track, unverified, force, maximum])
        {
            command.Add(option);
        }

        verifying = new ArtifactVerifying(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(maximum) is { } size && ReadSize(size) is null)
            {
                result.AddError($"--max-size: a number of bytes is expected, such as 500M, not '{size}'.");
            }
        });
    }

    public static Command Create(App app)
    {
        var command = new Command("fetch", "Get a model with its bundles, verify it, and only then leave it in its place.");
        var created = new FetchCommand(command);
        return command.Answer(app, async (parse, cancellationToken) => await created.RunAsync(app, parse, cancellationToken));
    }

    private async Task<FetchOutcome> RunAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        verifying.RequireExpectation(app, parse);
        using var http = new PeerHttp(app);
        using var client = TrackPublishing.CreateClient(app);
        var named = (parse.GetValue(bundles) ?? []).Select(path => RemoteBundle.TryRead("", ArtifactFile.Read(app, "bundle", path, Bundle.MaximumBytes), path)
            ?? throw new CommandFailure($"{path} is no Sigstore bundle")).ToList();
        var verification = new FileVerification(app, parse, verifying);
        var text = parse.GetRequiredValue(source);
        var wanted = parse.GetValue(files) ?? [];
        var registry = Registry(app, parse, client);
        if (System.IO.Directory.Exists(app.Resolve(text)) && !text.Contains("://", StringComparison.Ordinal))
        {
            return await new FolderFetch(app, verification, named, registry).RunAsync(text, wanted, cancellationToken);
        }

        var model = await Open(app, parse, http, text).LookAsync(cancellationToken);
        var folder = parse.GetValue(output) ?? (model.FolderName.Length > 0 ? model.FolderName : ".");
        var size = parse.GetValue(maximum) is { } limit ? ReadSize(limit)!.Value : DefaultMaximum;
        return await new RemoteFetch(app, new Download(app, http, size), verification, new CandidateBundles(model.Bundles, named, registry))
        {
            WithUnverified = parse.GetValue(unverified),
            Replaces = parse.GetValue(force),
        }.RunAsync(model, wanted, app.Resolve(folder), folder, cancellationToken);
    }

    private TrackBundles? Registry(App app, ParseResult parse, HttpClient client)
    {
        if (PublishedPlaces.Track(app, parse.GetValue(track), null) is not { } address)
        {
            return null;
        }

        client.BaseAddress = address;
        return new TrackBundles(client, address, app.Setting(TrackPublishing.KeyVariable), app.Time);
    }

    private IModelSource Open(App app, ParseResult parse, PeerHttp http, string text)
    {
        if (text.StartsWith(OciReference.Scheme, StringComparison.Ordinal))
        {
            var reference = OciReference.Parse(text);
            return new OciSource(new OciClient(http, reference, OciCredentials.Find(app, reference.Registry)));
        }

        var hub = PublishedPlaces.Hub(app);
        if (text.Contains("://", StringComparison.Ordinal))
        {
            var address = Uri.TryCreate(text, UriKind.Absolute, out var uri) && PublishedPlaces.IsSafe(uri) && uri.UserInfo.Length == 0
                ? uri
                : throw new CommandFailure($"'{text}': an https address is expected; http is for this machine alone", ExitCode.Usage);
            return PeerRequest.IsSameAuthority(address, hub) && HubName.TryParse(address.AbsolutePath.Trim('/'), out var page)
                ? new HubSource(new HubClient(http, hub, HubToken.Find(app)), page, parse.GetValue(revision) ?? "main")
                : new UrlSource(http, address);
        }

        return HubName.TryParse(text, out var name)
            ? new HubSource(new HubClient(http, hub, HubToken.Find(app)), name, parse.GetValue(revision) ?? "main")
            : throw new CommandFailure($"'{text}' is no folder, no org/model, no oci:// and no https:// address", ExitCode.Usage);
    }

    private static long? ReadSize(string text)
    {
        var unit = text.Length > 0 ? "kMGT".IndexOf(text[^1], StringComparison.Ordinal) : -1;
        return long.TryParse(unit >= 0 ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && (Int128)number << (10 * (unit + 1)) is var size && size <= long.MaxValue
            ? (long)size
            : null;
    }
}
