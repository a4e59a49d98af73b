using System.CommandLine;
using System.CommandLine.Parsing;
using Aixv.Cli.Admitting;
using Aixv.Cli.Artifacts;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv provenance ARTIFACT</c>: where does it come from, what came of it, and why is it flagged?</summary>
internal sealed class ProvenanceCommand
{
    private const int MaximumDepth = 1000;
    private static readonly string[] Views = ["tree", "trace", "impact", "explain"];

    private readonly Argument<string> artifact = new("ARTIFACT") { Description = "The file, or its digest as sha256:HEX." };
    private readonly Option<int> depth = new("--depth") { HelpName = "N", Description = "How many levels (default: 3).", DefaultValueFactory = _ => LineageQueries.DefaultDepth };
    private readonly Option<string?> view = Options.Text("--view", "VIEW", "tree, trace, impact or explain (default: tree; with --json trace).");
    private readonly Toggle requireSigned;
    private readonly StoreOpening opening;

    private ProvenanceCommand(Command command)
    {
        command.Add(artifact);
        command.Add(depth);
        command.Add(view);
        depth.Validators.Add(result => Validate(result, value => int.TryParse(value, out var levels) && levels is >= 1 and <= MaximumDepth, $"a number from 1 to {MaximumDepth}"));
        view.Validators.Add(result => Validate(result, Views.Contains, string.Join(", ", Views)));
        requireSigned = new Toggle(command, "require-signed-attestations", "Exit 1 unless every attestation of the artifact is signed by a trusted subject.");
        opening = new StoreOpening(command, "--trusted-attestation", "attestations");
    }

    public static Command Create(App app)
    {
        var command = new Command("provenance", "Show where an artifact comes from and what came of it.");
        var provenance = new ProvenanceCommand(command);
        return command.Answer(app, async (parse, cancellationToken) => await provenance.RunAsync(app, parse, cancellationToken));
    }

    private static void Validate(OptionResult result, Func<string, bool> isValid, string allowed)
    {
        if (result.Tokens is [var token] && !isValid(token.Value))
        {
            result.AddError($"{result.Option.Name} takes {allowed}, not '{token.Value}'.");
        }
    }

    private async Task<ProvenanceOutcome> RunAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(artifact);
        var requires = requireSigned.Read(parse) ?? false;
        var digest = ArtifactName.ReadDigest(app, name, cancellationToken);
        if (requires && !opening.NamesSubjects(parse))
        {
            throw new CommandFailure("signed attestation verification requires trusted_attestation_subject or trusted_attestation_subjects");
        }

        var opened = await opening.OpenAsync(app, parse, requires, cancellationToken);
        var store = opened.View;
        var lineage = opening.Lineage(parse, store);
        var trusts = opening.Trusts(parse, store);
        return new ProvenanceOutcome
        {
            Artifact = name,
            Digest = digest,
            View = parse.GetValue(view) ?? (parse.GetValue<bool>("--json") ? "trace" : "tree"),
            Opened = opened,
            Attestations = AttestationTrust.Of([.. StoreAttestations.Find(store, digest).Concat(StoreAttestations.Find(store, ModelRoot.OfFile(digest)).Where(f => f.Evidence.PredicateType == ModelRoot.PredicateType)).Select(found => found.Evidence)], IsTrusted, requires),
            Advisories = [.. StandingAdvisories.Of(store, digest, lineage, IsTrusted)],
            Explanation = LineageExplainer.Explain(digest, lineage, ReachRules.Default, Active(store, IsTrusted), parse.GetValue(depth)),
            TrustsAnybody = !opening.NamesSubjects(parse),
        };

        bool IsTrusted(SignerEvidence? signer) => signer is not null && opening.NamesSubjects(parse) && trusts(signer.Subject, signer.Issuer);
    }

    private static IEnumerable<Advisory> Active(StoreView store, Func<SignerEvidence?, bool> isTrusted) =>
        StandingAdvisories.All(store, isTrusted).Select(standing => standing.Advisory).Where(advisory => advisory.Status == AdvisoryStatus.Active);
}
