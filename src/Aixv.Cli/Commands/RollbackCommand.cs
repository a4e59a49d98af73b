using System.CommandLine;
using System.CommandLine.Parsing;
using Aixv.Cli.Admitting;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Signing;
using Aixv.Protocol.Records;
using Aixv.Protocol.Rollbacks;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv rollback ARTIFACT --to DIGEST|PATH</c> records the way back; <c>--plan --policy P</c> finds it.</summary>
internal sealed class RollbackCommand
{
    private readonly Argument<string> artifact = new("ARTIFACT") { Description = "What is rolled back: the file, or its digest." };
    private readonly Option<string?> to = Options.Text("--to", "DIGEST|PATH", "To what. A record of the store must name it.");
    private readonly Option<bool> allowUnknown = Options.Flag("--allow-unknown", "With --to: take a target that no record names.");
    private readonly Option<bool> plan = Options.Flag("--plan", "List what --policy admits in the artifact's place, best first.");
    private readonly PolicyOptions policies;
    private readonly StoreFolder store;
    private readonly Toggle sign;
    private readonly SigningOptions signing;

    private RollbackCommand(Command command)
    {
        foreach (var option in (Option[])[to, allowUnknown, plan])
        {
            command.Add(option);
        }

        command.Add(artifact);
        policies = new PolicyOptions(command);
        store = new StoreFolder(command);
        sign = new Toggle(command, "sign", "Sign the record, or fail (the default).");
        signing = new SigningOptions(command);
        command.Validators.Add(Validate);
    }

    public static Command Create(App app)
    {
        var command = new Command("rollback", "Say that an artifact gives way to an earlier one, or plan that.");
        var rollback = new RollbackCommand(command);
        return command.Answer(app, async (parse, cancellationToken) => parse.GetValue(rollback.plan)
            ? await rollback.PlanAsync(app, parse, cancellationToken)
            : await rollback.RecordAsync(app, parse, cancellationToken));
    }

    private void Validate(CommandResult result)
    {
        if (result.GetValue(plan) == result.GetValue(to) is not null)
        {
            result.AddError("Give either --to, or --plan with --policy.");
        }

        if (result.GetValue(plan) == policies.IsMissing(result))
        {
            result.AddError("--plan needs --policy, which says what may take the artifact's place; --to does not ask one.");
        }
    }

    private async Task<RollbackOutcome> RecordAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(artifact);
        var digest = ArtifactName.ReadDigest(app, name, cancellationToken);
        var isFile = File.Exists(app.Resolve(name));
        var target = Target(app, parse.GetValue(to)!, cancellationToken);
        var graph = StoreView.OpenUnchecked(app, store.Resolve(app, parse), cancellationToken);
        RollbackTarget.RequireKnown(graph, digest, target, parse.GetValue(allowUnknown));
        var beside = isFile ? RollbackRecord.PathBeside(name) : null;
        if (beside is not null)
        {
            OutputFile.RequireWritable(app, beside);
        }

        using var open = sign.Read(parse) ?? true ? await signing.OpenAsync(app, parse, cancellationToken) : null;
        RecordSigning? signer = open is null ? null : async (bytes, cancel) => (await open.Signer.SignArtifactAsync(ArtifactDigests.Of(bytes), cancel)).ToJson();
        var stored = await store.Records(app, parse).AddAsync(new RollbackRecord(digest, target, app.Time.GetUtcNow()).ToRecord(), signer, cancellationToken);
        if (beside is not null)
        {
            try
            {
                Copy(stored, app.Resolve(beside));
            }
            catch
            {
                RecordFile.Withdraw(stored);
                throw;
            }
        }

        return new RollbackOutcome
        {
            Artifact = name,
            Digest = digest,
            Target = target,
            IsTargetKnown = graph.Find(target) >= 0,
            RecordPath = beside ?? store.Show(app, parse, stored.Path),
            StorePath = store.Show(app, parse, stored.Path),
            Stored = stored,
            IsStaging = signing.IsStaging(parse),
        };
    }

    private static Digest Target(App app, string text, CancellationToken cancellationToken) =>
        RollbackTarget.Resolve(!Digest.TryParse(text, out _) && File.Exists(app.Resolve(text)) ? app.Resolve(text) : text, cancellationToken);

    /// <summary>The latest rollback lies beside the artifact; the store keeps all.</summary>
    private static void Copy(StoredRecord stored, string path)
    {
        var bundle = $"{path}.sigstore.json";
        if (stored.BundlePath is { } signed)
        {
            NewFile.ReplaceAll((bundle, File.ReadAllBytes(signed)), (path, stored.Bytes));
        }
        else
        {
            NewFile.Replace(path, stored.Bytes.Span);
            File.Delete(bundle);
        }
    }

    private async Task<RollbackPlanOutcome> PlanAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(artifact);
        var digest = ArtifactName.ReadDigest(app, name, cancellationToken);
        var material = await signing.Trust.ResolveAsync(app, parse, cancellationToken);
        var root = material.ParseRoot();
        var loaded = (await policies.ReadAsync(app, parse, () => Task.FromResult(new Verifier(root))))!;
        policies.RequireLevel(parse, loaded);
        var view = StoreView.Open(app, store.Resolve(app, parse), root, loaded.Trust.Keys, cancellationToken);
        var collector = new EvidenceCollector(view, loaded, app.Time.GetUtcNow());
        var file = File.Exists(app.Resolve(name)) ? app.Resolve(name) : null;
        var signatures = new SignatureFolder(Path.GetDirectoryName(file ?? app.Resolve("x"))!);
        var facts = new StoreModelFacts(view.Folder, view.Graph);
        var planner = new RollbackPlanner(
            view.Graph,
            (candidate, _) => Task.FromResult(Judge(collector, signatures, candidate)),
            collector.ActiveAdvisories,
            candidate => candidate == digest && file is not null ? ModelFactsReader.OfFile(file, cancellationToken).Or(facts.Find(candidate)) : facts.Find(candidate));
        return new RollbackPlanOutcome(name, loaded, await planner.PlanAsync(digest, cancellationToken), view.Warnings);
    }

    private static CandidateVerdict Judge(EvidenceCollector collector, SignatureFolder signatures, Digest candidate)
    {
        IEnumerable<Verified> verified = [.. signatures.Verify(collector.Store, candidate), .. StoreAttestations.Signatures(collector.Store, candidate)];
        var decision = collector.Decide(collector.Collect(candidate, null, verified, [], null));
        var admitted = decision.Summary["verified_subjects"]!.AsArray().Select(subject => subject!.GetValue<string>());
        return new CandidateVerdict(
            decision.IsAdmitted,
            decision.IsAdmitted ? [$"{Output.Kebab.Of(decision.Decision)} by {collector.Policy.Path}: signed by {string.Join(", ", admitted)}"] : decision.Messages);
    }
}
