using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Cli.Publishing;
using Aixv.Cli.Publishing.Bundles;
using Aixv.Cli.Publishing.Folders;
using Aixv.Cli.Publishing.Hubs;
using Aixv.Cli.Publishing.Registries;
using Aixv.Cli.Publishing.Sending;
using Aixv.Cli.Publishing.Transport;
using Aixv.Cli.Trust;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv publish</c>: puts a model's bundles where its readers look: beside the weights on a hub, at the artifact in an OCI registry, in Track.</summary>
internal sealed class PublishCommand
{
    private const int MaximumCard = 16 * 1024 * 1024;
    private static readonly string[] Targets = ["hub", "oci", "track"];

    private readonly Argument<string> folder = new("DIR") { Description = "The model's folder (default: this one).", DefaultValueFactory = _ => "." };
    private readonly Option<string?> hub = Options.Text("--hub", "ORG/MODEL", "The model on the hub at HF_ENDPOINT (default: aixv.json's); HF_TOKEN may write there.");
    private readonly Option<string?> revision = Options.Text("--revision", "NAME", "The branch on the hub (default: main).");
    private readonly Option<string?> oci = Options.Text("--oci", "HOST/NAME:TAG", "The model in an OCI registry (default: aixv.json's).");
    private readonly Option<string?> track = Options.Text("--track", "URL", $"The registry (default: {PublishedPlaces.TrackVariable}, aixv.json's); {TrackPublishing.KeyVariable} is its key.");
    private readonly Option<string[]> only = new("--to") { HelpName = "hub,oci,track", Description = "Only these of the places that are known." };
    private readonly Option<string[]> weights = new("--weights") { HelpName = "FILE", Description = "The model's file (default: those of aixv.json, else the folder's). May be repeated." };
    private readonly Option<string[]> bundles = new("--bundle") { HelpName = "FILE", Description = "A bundle, beside those that lie beside the weights. May be repeated." };
    private readonly Option<bool> card = Options.Flag("--card", "Upload the model card to the hub in the same commit.");
    private readonly Option<bool> dryRun = Options.Flag("--dry-run", "Say what would be sent, and send nothing.");
    private readonly SignerOptions signer;
    private readonly TrustOptions trust;

    private PublishCommand(Command command)
    {
        command.Add(folder);
        foreach (var option in (Option[])[hub, revision, oci, track, only, weights, bundles, card, dryRun])
        {
            command.Add(option);
        }

        signer = new SignerOptions(command);
        trust = new TrustOptions(command);
        command.Validators.Add(result =>
        {
            if (CommaList.Split(result.GetValue(only)).FirstOrDefault(name => !Targets.Contains(name)) is { } unknown)
            {
                result.AddError($"--to: hub, oci or track is expected, not '{unknown}'.");
            }
        });
    }

    public static Command Create(App app)
    {
        var command = new Command("publish", "Put a model's bundles where its readers look: hub, OCI registry, Track.");
        var created = new PublishCommand(command);
        return command.Answer(app, async (parse, cancellationToken) => await created.RunAsync(app, parse, cancellationToken));
    }

    private async Task<PublishOutcome> RunAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var place = parse.GetRequiredValue(folder) is var given && given == "." ? "" : given;
        var project = ProjectFile.Read(app, place);
        using var http = new PeerHttp(app);
        using var client = TrackPublishing.CreateClient(app);
        var isDry = parse.GetValue(dryRun);
        var artifacts = new List<AttachedBundles>();
        var publications = Publications(app, parse, place, project, http, client, artifacts);
        if (publications.Count == 0)
        {
            throw new CommandFailure("nowhere to publish to: pass --hub ORG/MODEL, --oci HOST/NAME:TAG or --track URL, or name them in aixv.json");
        }

        artifacts.AddRange(await ReadAsync(app, parse, place, project, cancellationToken));
        var steps = new List<SendingStep>();
        foreach (var (target, shown, run) in publications)
        {
            // One place that fails does not keep the others from getting theirs; what was done is told.
            steps.Add(await TryAsync(new SendingStep(target, shown), () => run(isDry, cancellationToken)));
        }

        return new PublishOutcome(artifacts, steps, isDry);
    }

    private static async Task<SendingStep> TryAsync(SendingStep step, Func<Task<SendingStep>> run)
    {
        try
        {
            return await run();
        }
        catch (CommandFailure e)
        {
            return step with { State = SendingState.Refused, Detail = e.Message };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or TimeoutException or System.Text.Json.JsonException)
        {
            return step with { State = SendingState.Failed, Detail = e.Message };
        }
    }

    private delegate Task<SendingStep> Publication(bool dryRun, CancellationToken cancellationToken);

    private List<(string Target, string Shown, Publication Run)> Publications(
        App app, ParseResult parse, string place, ProjectFile project, PeerHttp http, HttpClient client, List<AttachedBundles> artifacts)
    {
        var asked = CommaList.Split(parse.GetValue(only));
        bool IsAsked(string target) => asked.Count == 0 || asked.Contains(target);
        var publications = new List<(string, string, Publication)>();
        var hubName = parse.GetValue(hub) is { } named ? HubName.Parse(named) : project.Hub;
        if (IsAsked("hub") && hubName is { } name)
        {
            var peer = new HubClient(http, PublishedPlaces.Hub(app), HubToken.Find(app));
            publications.Add(("hub", $"{peer.Endpoint}{name}", (dry, ct) => new HubPublishing(peer, name, parse.GetValue(revision) ?? "main").RunAsync(
                [.. artifacts.Select(a => (InFolder(app, place, a.Artifact), a.Digests.Sha256))], HubFiles(app, parse, place, project, artifacts), dry, ct)));
        }

        if (IsAsked("oci") && (parse.GetValue(oci) ?? project.Oci) is { } text)
        {
            var reference = OciReference.Parse(text);
            publications.Add(("oci", reference.ToString(), (dry, ct) => new OciPublishing(new OciClient(http, reference, OciCredentials.Find(app, reference.Registry))).RunAsync(
                [.. artifacts.Select(a => a.Digests.Sha256)], [.. artifacts.SelectMany(a => a.Bundles)], dry, ct)));
        }

        if (IsAsked("track") && PublishedPlaces.Track(app, parse.GetValue(track), project.Track) is { } registry)
        {
            client.BaseAddress = registry;
            publications.Add(("track", registry.AbsoluteUri.TrimEnd('/'), (dry, ct) => new TrackPublishing(client, registry, app.Setting(TrackPublishing.KeyVariable), hubName, app.Time).RunAsync(
                artifacts, signer.Read(app, parse, SignerPolicy.AllowAnyIdentityUnsafe).Key?.ToPem(), dry, ct)));
        }

        return publications;
    }

    /// <summary>The bundles, each verified: what does not hold is not sent to anybody.</summary>
    private async Task<List<AttachedBundles>> ReadAsync(App app, ParseResult parse, string place, ProjectFile project, CancellationToken cancellationToken)
    {
        var (policy, key) = signer.Read(app, parse, SignerPolicy.AllowAnyIdentityUnsafe);
        var isBareKey = key is not null && policy.LogThreshold == 0;
        var material = isBareKey && !trust.NamesFile(parse) ? TrustMaterial.Nobody : await trust.ResolveAsync(app, parse, cancellationToken);
        if (material.Warning is { } warning)
        {
            new Report(app).Warning(warning);
        }

        var verifier = new Verifier(material.ParseRoot());
        var keys = key is null ? ManagedKeys.None : new ManagedKeys([key], isBareKey);
        var files = ProjectWeights.Of(app, place, parse.GetValue(weights) ?? [], project);
        var read = new List<AttachedBundles>();
        foreach (var file in files)
        {
            var attached = AttachedBundles.Read(app, file, files.Count == 1 ? parse.GetValue(bundles) ?? [] : [], verifier, keys, policy, cancellationToken);
            read.Add(attached.Bundles.Count > 0 && attached.Failures.Count == 0 ? attached
                : throw new CommandFailure(attached.Failures.Count > 0
                    ? $"not published, for not every bundle beside {file} holds: {string.Join("; ", attached.Failures)}"
                    : $"no bundle about {file} lies beside it: 'aixv attest' or 'aixv sign' makes one"));
        }

        return read;
    }

    private List<(string Path, byte[] Content)> HubFiles(App app, ParseResult parse, string place, ProjectFile project, List<AttachedBundles> artifacts)
    {
        List<(string, byte[])> files = [.. artifacts.SelectMany(a => a.Bundles).DistinctBy(b => app.Resolve(b.Path)).Select(b => (InFolder(app, place, b.Path), b.Bytes))];
        if (parse.GetValue(card))
        {
            var path = Path.Combine(place, project.Card);
            files.Add((InFolder(app, place, path), ArtifactFile.Read(app, "card", path, MaximumCard)));
        }

        return files;
    }

    /// <summary>A file's path in the repository: as in the folder, or its name where it lies elsewhere.</summary>
    private static string InFolder(App app, string place, string file)
    {
        var relative = Path.GetRelativePath(app.Resolve(place.Length == 0 ? "." : place), app.Resolve(file)).Replace(Path.DirectorySeparatorChar, '/');
        return SafePath.IsRelative(relative) ? relative : Path.GetFileName(file);
    }
}
