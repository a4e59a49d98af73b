using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Cli.Trust;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Records;

/// <summary>What the commands that verify a record answer (docs/cli.md, "Records").</summary>
internal sealed record CheckedRecord : IOutcome
{
    public required StoredRecord Stored { get; init; }

    /// <summary>The words of the command.</summary>
    public required string Command { get; init; }

    /// <summary>As the user wrote it.</summary>
    public required string Path { get; init; }

    public required string? BundlePath { get; init; }

    public required IReadOnlyList<string> ExpectedSubjects { get; init; }

    public required IReadOnlyList<string> ExpectedIssuers { get; init; }

    public required bool IsStaging { get; init; }

    public required TrustMaterial Trust { get; init; }

    public required RecordVerification Result { get; init; }

    /// <summary>What else was asked of the record and does not hold, with its stable name; null when all does.</summary>
    public (string Reason, string Message)? Shortfall { get; init; }

    /// <summary>Members that this kind of record adds to the answer.</summary>
    public JsonObject Details { get; init; } = [];

    private VerifiedRecord? Verified => Result as VerifiedRecord;

    private string? Issuer => (Verified?.Signer as CertificateSigner)?.Issuer;

    private (string Reason, string Message)? Refusal => Result is RejectedRecord rejected ? (Kebab.Of(rejected.Reason), rejected.Message) : Shortfall;

    public int ExitCode => Refusal is null ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = Refusal is null,
            ["verified"] = Verified is not null,
            ["kind"] = Stored.Record.Kind,
            ["record_id"] = Stored.Record.Id.Value,
            ["record_path"] = Path,
            ["record"] = Stored.Record.ToJson(),
            ["record_kind"] = Stored.Record.Kind,
            ["record_payload"] = Stored.Record.Payload.DeepClone(),
            ["digest"] = Digest.Of(Stored.Bytes.Span).ToString(),
            ["bundle_path"] = BundlePath,
            ["expected_subjects"] = List(ExpectedSubjects),
            ["expected_issuers"] = List(ExpectedIssuers),
            ["actual_subjects"] = Verified is { } by ? List([ManagedKeys.NameOf(by.Signer)]) : [],
            ["actual_issuer"] = Issuer,
            ["integrated_time"] = Verified?.IntegratedTime is { } at ? Rfc3339.Format(at) : null,
            ["staging"] = IsStaging,
            ["trust"] = Trust.Source,
            ["trust_warning"] = Trust.Warning,
        };
        foreach (var (name, value) in Details)
        {
            json[name] = value?.DeepClone();
        }

        if (Refusal is { } refusal)
        {
            json["error"] = refusal.Message;
            json["command"] = Command;
            json["reason"] = refusal.Reason;
        }

        return json;
    }

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    public void Describe(Report report)
    {
        if (Trust.Warning is { } warning)
        {
            report.Warning(warning);
        }

        report.Title(Refusal is null, $"{Stored.Record.Kind} {Stored.Record.Id}: {(Refusal is null ? "verified" : "refused")}");
        report.Row("record", Path);
        report.Row("digest", Digest.Of(Stored.Bytes.Span).ToString());
        report.Row("signer", Verified is { } by ? ManagedKeys.NameOf(by.Signer) : null);
        report.Row("issuer", Issuer);
        report.Row("signed", Verified?.IntegratedTime is { } at ? Rfc3339.Format(at) : Verified is null ? null : "no verified time");
        report.Row("bundle", BundlePath);
        report.Row("trust", Trust.Source);
        if (Refusal is { } refusal)
        {
            report.Row("reason", refusal.Reason);
            report.Error(refusal.Message);
        }
    }
}
