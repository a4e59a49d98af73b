using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Cli.Signing;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Commands;

/// <summary>What <c>aixv rollback --to</c> answers (aixv-protocol §5).</summary>
internal sealed record RollbackOutcome : IOutcome
{
    public required string Artifact { get; init; }

    public required Digest Digest { get; init; }

    public required Digest Target { get; init; }

    /// <summary>Whether a record of the store names the target.</summary>
    public required bool IsTargetKnown { get; init; }

    /// <summary>Beside the artifact, or in the store where only its digest is known.</summary>
    public required string RecordPath { get; init; }

    public required string StorePath { get; init; }

    public required StoredRecord Stored { get; init; }

    public required bool IsStaging { get; init; }

    public int ExitCode => Cli.ExitCode.Ok;

    private SignedBy? Signer => Stored.BundlePath is { } path ? SignedBy.Read(Bundle.Parse(File.ReadAllBytes(path))) : null;

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = true,
            ["rollback_record_path"] = RecordPath,
            ["store_path"] = StorePath,
            ["record_id"] = Stored.Record.Id.Value,
            ["artifact_digest"] = Digest.ToString(),
            ["rollback_target"] = Target.ToString(),
            ["target_known"] = IsTargetKnown,
            ["signed"] = Stored.BundlePath is not null,
            ["record"] = Stored.Record.ToJson(),
        };
        if (Signer is { } signer)
        {
            json["signature"] = new JsonObject
            {
                ["bundle_path"] = $"{RecordPath}.sigstore.json",
                ["identity"] = signer.ToJson(),
                ["key_hint"] = signer.KeyHint,
                ["log_indexes"] = signer.LogIndexesToJson(),
                ["staging"] = IsStaging,
            };
        }

        return json;
    }

    public void Describe(Report report)
    {
        var signer = Signer;
        report.Title(good: true, $"{Artifact}: rolled back{(signer is null ? ", not signed" : "")}");
        report.Row("digest", Digest.ToString());
        report.Row("to", IsTargetKnown ? Target.ToString() : $"{Target} (no record of the store names it)");
        signer?.Describe(report);
        report.Row("record", RecordPath);
        report.Row("store", StorePath == RecordPath ? null : StorePath);
    }
}
