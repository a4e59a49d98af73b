using System.CommandLine;
using Aixv.Cli.Commands;
using Aixv.Cli.Signing;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Admitting;

/// <summary>The options that have decisions signed: as deployment attestations (protocol §2), as SLSA verification summaries.</summary>
internal sealed class DecisionSigning
{
    private readonly Option<bool> attest = Options.Flag("--attest", "Sign each decision as a deployment attestation.");
    private readonly Option<bool> summarize = Options.Flag("--vsa", "Sign each decision as a SLSA verification summary; needs --verifier-id.");
    private readonly Option<string?> verifier = Options.Text("--verifier-id", "URI", "With --vsa: who decides.");

    public DecisionSigning(Command command)
    {
        foreach (var option in (Option[])[attest, summarize, verifier])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetValue(summarize) != (result.GetValue(verifier) is { } id && Uri.TryCreate(id, UriKind.Absolute, out _)))
            {
                result.AddError("--vsa and --verifier-id URI belong together: a summary names who verified.");
            }
        });
    }

    /// <summary>Signs what was asked for of each decision, and names the bundles in it.</summary>
    public async Task WriteAsync(App app, ParseResult parse, SigningOptions signing, string store, AdmittedArtifact[] artifacts, CancellationToken cancellationToken)
    {
        if (!parse.GetValue(attest) && !parse.GetValue(summarize))
        {
            return;
        }

        using var open = await signing.OpenAsync(app, parse, cancellationToken);
        for (var i = 0; i < artifacts.Length; i++)
        {
            if (artifacts[i] is not { Evidence: { } evidence, Decision: { } decision } artifact)
            {
                continue;
            }

            var written = new List<string>();
            foreach (var statement in Statements(parse, decision, evidence))
            {
                var stem = $"{artifact.Path}.{statement.Predicate.Name}";
                var signed = await open.Signer.SignStatementAsync(statement.ToBytes(), new ArtifactDigests(evidence.Artifact), cancellationToken);
                new AttestationFiles($"{stem}.statement.json", $"{stem}.sigstore.json", store).Write(app, statement, signed);
                written.Add($"{stem}.sigstore.json");
            }

            artifacts[i] = artifact with { Statements = written };
        }
    }

    private IEnumerable<Statement> Statements(ParseResult parse, AdmissionDecision decision, Evidence evidence)
    {
        if (parse.GetValue(attest))
        {
            yield return DecisionStatements.Deployment(decision, evidence);
        }

        if (parse.GetValue(summarize))
        {
            yield return DecisionStatements.Summary(decision, evidence, new Uri(parse.GetValue(verifier)!));
        }
    }
}
