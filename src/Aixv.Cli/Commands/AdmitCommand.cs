using System.CommandLine;
using System.Runtime.ExceptionServices;
using Aixv.Cli.Admitting;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Cli.Signing;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv admit DIR|FILE… --policy P</c>: may all of these be used? One trusted root, one look at the store.</summary>
internal sealed class AdmitCommand
{
    private readonly Argument<string[]> names = new("DIR|FILE") { Description = "Artifacts, and folders of artifacts.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> artifactType = Options.Text("--artifact-type", "TYPE", "What the artifacts are, for required_predicates: base-model, lora-adapter, … (default: as trusted attestations, else the files say).");
    private readonly Option<bool> explain = Options.Flag("--explain", "Show the whole evaluation of each as a tree.");
    private readonly Option<string?> save = Options.Text("--save-decisions", "DIR", "Write each decision and its evidence there, as HEX.decision.json.");
    private readonly PolicyOptions policies;
    private readonly StoreFolder store;
    private readonly DecisionSigning statements;
    private readonly SigningOptions signing;

    private AdmitCommand(Command command)
    {
        command.Add(names);
        policies = new PolicyOptions(command, required: true);
        foreach (var option in (Option[])[artifactType, explain, save])
        {
            command.Add(option);
        }

        store = new StoreFolder(command);
        statements = new DecisionSigning(command);
        signing = new SigningOptions(command);
    }

    public static Command Create(App app)
    {
        var command = new Command("admit", "Judge many artifacts by a policy.");
        var admit = new AdmitCommand(command);
        return command.Answer(app, async (parse, cancellationToken) => await admit.RunAsync(app, parse, cancellationToken));
    }

    private async Task<AdmitOutcome> RunAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var found = ArtifactFolder.Expand(app, parse.GetRequiredValue(names));
        var material = await signing.Trust.ResolveAsync(app, parse, cancellationToken);
        if (material.Warning is { } warning)
        {
            new Report(app).Warning(warning);
        }

        var root = material.ParseRoot();
        var loaded = (await policies.ReadAsync(app, parse, () => Task.FromResult(new Verifier(root))))!;
        policies.RequireLevel(parse, loaded);
        if (loaded.Trust.Subjects.IsEmpty)
        {
            throw SignerOptions.NobodyExpected();
        }

        var collector = new EvidenceCollector(StoreView.Open(app, store.Resolve(app, parse), root, loaded.Trust.Keys, cancellationToken), loaded, app.Time.GetUtcNow());
        var admitted = JudgeAll(app, parse, collector, found.Files, cancellationToken);
        Save(app, parse, loaded, admitted);
        await statements.WriteAsync(app, parse, signing, store.Read(app, parse), admitted, cancellationToken);
        return new AdmitOutcome(loaded, admitted, found.Skipped, collector.Store.Warnings, parse.GetValue(explain));
    }

    private AdmittedArtifact[] JudgeAll(App app, ParseResult parse, EvidenceCollector collector, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var admitted = new AdmittedArtifact[files.Count];
        var quiet = app with { ErrorIsTerminal = false };
        try
        {
            Parallel.For(0, files.Count, new ParallelOptions { CancellationToken = cancellationToken }, i => admitted[i] = Judge(quiet, parse, collector, files[i], cancellationToken));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return admitted;
    }

    /// <summary>An artifact that cannot be read is not admitted, and does not hide what is said of the others.</summary>
    private AdmittedArtifact Judge(App app, ParseResult parse, EvidenceCollector collector, string file, CancellationToken cancellationToken)
    {
        try
        {
            var bundlePath = $"{file}.sigstore.json";
            if (new[] { file, bundlePath }.FirstOrDefault(path => !RegularFile.Is(app.Resolve(path))) is { } pipe)
            {
                throw new CommandFailure($"not a regular file: {pipe}");
            }

            var hasBundle = File.Exists(app.Resolve(bundlePath));
            var (bundle, broken) = hasBundle ? TryParse(ArtifactFile.Read(app, "bundle", bundlePath, Bundle.MaximumBytes)) : (null, null);
            var digests = SignedArtifact.Digest(app, file, bundle, collector.Store.Keys.Keys, cancellationToken);
            var asked = new VerificationPolicy { Signer = SignerPolicy.AllowAnyIdentityUnsafe, LogThreshold = collector.Policy.Policy.TransparencyRequired ? 1 : 0 };
            var result = bundle is null ? null : collector.Store.Keys.Verify(collector.Store.Verifier, bundle, digests, asked);
            IEnumerable<Verified> signatures = result is Verified verified ? [verified] : hasBundle ? [] : StoreAttestations.Signatures(collector.Store, digests.Sha256);
            string[] failures = result is Rejected rejected ? [VerifyOutcome.Describe(rejected)] : broken is not null ? [broken] : [];
            var evidence = collector.Collect(digests.Sha256, Path.GetFileName(file), signatures, failures, null, app.Resolve(file), parse.GetValue(artifactType));
            return new AdmittedArtifact(file) { Evidence = evidence, Decision = collector.Decide(evidence), BundlePath = hasBundle ? bundlePath : null };
        }
        catch (CommandFailure e)
        {
            return new AdmittedArtifact(file) { Failure = e.Message };
        }
    }

    private static (Bundle? Bundle, string? Broken) TryParse(byte[] json)
    {
        try
        {
            return (Bundle.Parse(json), null);
        }
        catch (BundleFormatException e)
        {
            return (null, $"not a Sigstore bundle: {e.Message}");
        }
    }

    private void Save(App app, ParseResult parse, LoadedPolicy policy, AdmittedArtifact[] artifacts)
    {
        if (parse.GetValue(save) is not { } folder)
        {
            return;
        }

        System.IO.Directory.CreateDirectory(app.Resolve(folder));
        for (var i = 0; i < artifacts.Length; i++)
        {
            if (artifacts[i] is { Evidence: { } evidence, Decision: { } decision })
            {
                var path = Path.Combine(folder, $"{evidence.Artifact.Hex}.decision.json");
                NewFile.Replace(app.Resolve(path), SavedDecision.Of(decision, evidence, policy.Policy).ToBytes());
                artifacts[i] = artifacts[i] with { SavedTo = path };
            }
        }
    }
}
