using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Cli.Signing;
using Aixv.Protocol.Predicates;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Commands;

/// <summary>What <c>aixv attest</c> answers (aixv-protocol §5).</summary>
internal sealed record AttestOutcome : IOutcome
{
    public required string Artifact { get; init; }

    public required Digest Digest { get; init; }

    /// <summary>The alias or URI, as the user wrote it.</summary>
    public required string PredicateName { get; init; }

    public required Predicate Predicate { get; init; }

    public required AttestationFiles Files { get; init; }

    public required string RecordPath { get; init; }

    /// <summary>Null when not signed.</summary>
    public required SignedBy? Signer { get; init; }

    public required bool IsStaging { get; init; }

    /// <summary>Whether <c>--no-sign</c> was given.</summary>
    public required bool WasForbidden { get; init; }

    /// <summary>Where guessed fields come from, by path; null where nothing was guessed.</summary>
    public JsonObject? Guessed { get; init; }

    public int ExitCode => Cli.ExitCode.Ok;

    private string WhyUnsigned => WasForbidden
        ? "--no-sign was given"
        : "no OIDC token was found: pass --identity-token, set SIGSTORE_ID_TOKEN, or use --interactive-oidc";

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = true,
            ["artifact"] = Artifact,
            ["artifact_digest"] = Digest.ToString(),
            ["predicate"] = PredicateName,
            ["predicate_uri"] = Predicate.Uri,
            ["statement_path"] = Files.Statement,
            ["schema_validated"] = Predicate.IsValidated,
            ["attestation_store_path"] = RecordPath,
            ["signed"] = Signer is not null,
        };
        if (Guessed is not null)
        {
            json["guessed"] = Guessed.DeepClone();
        }

        if (Signer is not null)
        {
            json["signature"] = new JsonObject
            {
                ["bundle_path"] = Files.Bundle,
                ["identity"] = Signer.ToJson(),
                ["key_hint"] = Signer.KeyHint,
                ["log_indexes"] = Signer.LogIndexesToJson(),
                ["staging"] = IsStaging,
            };
        }
        else
        {
            json["unsigned_reason"] = WhyUnsigned;
        }

        return json;
    }

    public void Describe(Report report)
    {
        report.Title(good: true, Signer is null ? $"{Artifact}: attested, not signed" : $"{Artifact}: attested and signed");
        report.Row("digest", Digest.ToString());
        report.Row("claim", Predicate.IsValidated ? Predicate.Uri : $"{Predicate.Uri} (kept as it is: AIXV defines no schema for it)");
        if (Signer is not null)
        {
            Signer.Describe(report);
            report.Row("bundle", Files.Bundle);
        }
        else
        {
            report.Row("unsigned", WhyUnsigned);
        }

        foreach (var (field, source) in Guessed ?? [])
        {
            report.Row("guessed", $"{field}: {source!["basis"]}, {source["from"]}");
        }

        report.Row("statement", Files.Statement);
        report.Row("record", RecordPath);
    }
}
