using System.CommandLine;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Publishing;
using Aixv.Cli.Publishing.Bundles;
using Aixv.Cli.Publishing.Cards;
using Aixv.Cli.Publishing.Folders;
using Aixv.Cli.Trust;
using Aixv.Export.Catalogs;
using Aixv.Protocol.Admission;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv card MODEL.md</c>: the card's section says what is proved of the model, or the check says that it does not.</summary>
internal sealed class CardCommand
{
    private const int MaximumCard = 16 * 1024 * 1024;

    private readonly Argument<string> card = new("MODEL.md") { Description = "The model card (default: README.md).", DefaultValueFactory = _ => "README.md" };
    private readonly Option<bool> check = Options.Flag("--check", "Change nothing; exit 1 when the card says what is not so.");
    private readonly Option<string[]> weights = new("--weights") { HelpName = "FILE", Description = "The model's file that the card speaks of (default: those of aixv.json, else the folder's). May be repeated." };
    private readonly Option<string[]> bundles = new("--bundle") { HelpName = "FILE", Description = "A bundle, beside those that lie beside the weights. May be repeated." };
    private readonly Option<string?> hub = Options.Text("--hub", "ORG/MODEL", "Where the model is published on the hub (default: aixv.json's).");
    private readonly Option<string?> track = Options.Text("--track", "URL", $"The registry that shows the graph (default: {PublishedPlaces.TrackVariable}, aixv.json's).");
    private readonly TrustedSubjectOptions subjects;
    private readonly TrustOptions trust;

    private CardCommand(Command command)
    {
        command.Add(card);
        foreach (var option in (Option[])[check, weights, bundles, hub, track])
        {
            command.Add(option);
        }

        subjects = new TrustedSubjectOptions(command, "--trusted-attestation", "attestations");
        trust = new TrustOptions(command);
    }

    public static Command Create(App app)
    {
        var command = new Command("card", "Write what is proved of a model into its card, or check that the card says it.");
        var created = new CardCommand(command);
        return command.Answer(app, async (parse, cancellationToken) => await created.RunAsync(app, parse, cancellationToken));
    }

    private async Task<CardOutcome> RunAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var path = parse.GetRequiredValue(card);
        var bytes = ArtifactFile.Read(app, "card", path, MaximumCard);
        var text = CardText.Parse(bytes, path);
        var material = await trust.ResolveAsync(app, parse, cancellationToken);
        var root = material.ParseRoot();
        var read = Read(app, parse, Path.GetDirectoryName(path) ?? "", root, cancellationToken);
        var section = Compose(read);
        var faults = CardCheck.FrontMatter(text, [.. read.Select(s => s.Dossier)]);
        var isCheck = parse.GetValue(check);
        var written = isCheck ? bytes : text.With(section);
        var changed = !written.AsSpan().SequenceEqual(bytes);
        if (changed)
        {
            KeptFile.Replace(app.Resolve(path), written);
        }

        return new CardOutcome
        {
            Card = path,
            IsCheck = isCheck,
            Changed = changed,
            Subjects = read,
            Faults = [.. isCheck ? CardCheck.Section(text, section, read) : read.Where(s => s.Dossier.Bundle is null).Select(s => new CardFault("not-attested", $"no bundle that holds was found for {s.Shown}")), .. faults],
            Warnings =
            [
                .. material.Warning is { } warning ? [warning] : Array.Empty<string>(),
                .. read.SelectMany(s => s.Failures),
                .. text.HasHeading(ModelCardSection.Title) ? [$"{path}: another section has the title '{ModelCardSection.Title}' outside of the markers: it is left as it is; delete it if this one takes its place"] : Array.Empty<string>(),
            ],
        };
    }

    private List<CardSubject> Read(App app, ParseResult parse, string folder, TrustedRoot root, CancellationToken cancellationToken)
    {
        var project = ProjectFile.Read(app, folder);
        var name = parse.GetValue(hub) is { } given ? HubName.Parse(given) : project.Hub;
        var registry = PublishedPlaces.Track(app, parse.GetValue(track), project.Track);
        var keys = subjects.Keys(app, parse);
        var named = subjects.Matcher(parse, keys);
        var verifier = new Verifier(root);
        var policy = new VerificationPolicy { Signer = SignerPolicy.AllowAnyIdentityUnsafe };
        var files = ProjectWeights.Of(app, folder, parse.GetValue(weights) ?? [], project);
        var read = new List<CardSubject>();
        foreach (var file in files)
        {
            var attached = AttachedBundles.Read(app, file, files.Count == 1 ? parse.GetValue(bundles) ?? [] : [], verifier, keys, policy, cancellationToken);
            if (subjects.IsGiven(parse))
            {
                attached = attached with { Bundles = [.. attached.Bundles.Where(b => SignerEvidence.Of(b.Verified.Signer) is var s && named(s.Subject, s.Issuer))] };
            }

            var dossier = CardEvidence.Gather(app, attached, s => subjects.IsGiven(parse) && named(s.Subject, s.Issuer), root.Fingerprint);
            var bundle = dossier.Bundle is { } stands ? attached.Bundles.First(b => b.Bytes.AsSpan().SequenceEqual(stands.Bytes.Span)) : null;
            var shown = Relative(app, folder, file);
            read.Add(new CardSubject(shown, dossier, Links(app, parse, name, registry, shown, bundle is null ? null : Relative(app, folder, bundle.Path), dossier.Artifact.Digest.ToString()), attached.Failures));
        }

        return read;
    }

    private ModelCardLinks Links(App app, ParseResult parse, HubName? name, Uri? registry, string file, string? bundle, string digest)
    {
        var links = new ModelCardLinks
        {
            Graph = registry is null ? null : new Uri(registry, $"artifacts/{digest}"),
            Bundle = name is null || bundle is null ? null : PublishedPlaces.Below(PublishedPlaces.Hub(app), name.ToString(), "blob", "main", bundle),
            FileName = file,
            BundleName = bundle,
        };
        return trust.FindInstance(app, parse) switch
        {
            null or "public" => links,
            var instance when TrustFolder.Open(app).Show(instance) is { IsBuiltIn: false } status =>
                links with { Instance = instance, InstanceUrl = status.Url, InstanceFingerprint = status.InitialRootSha256 },
            var instance => links with { Instance = instance },
        };
    }

    private static string Relative(App app, string folder, string file) =>
        Path.GetRelativePath(app.Resolve(folder.Length == 0 ? "." : folder), app.Resolve(file)).Replace(Path.DirectorySeparatorChar, '/');

    private static string Compose(List<CardSubject> read)
    {
        var writer = new StringWriter { NewLine = "\n" };
        writer.WriteLine(ModelCardSection.Title);
        foreach (var subject in read)
        {
            writer.WriteLine();
            if (read.Count > 1)
            {
                writer.WriteLine(ModelCardSection.Heading(subject.Shown));
                writer.WriteLine();
            }

            ModelCardSection.Write(subject.Dossier, subject.Links, writer);
        }

        return writer.ToString();
    }
}
