using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Admitting;
using Aixv.Cli.Output;
using Aixv.Cli.Trust;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Commands;

/// <summary>What <c>aixv verify</c> answers (aixv-protocol §5), with every check that was made.</summary>
internal sealed record VerifyOutcome : IOutcome
{
    public required string Artifact { get; init; }

    public required Digest Digest { get; init; }

    public required string BundlePath { get; init; }

    public required string? ExpectedSubject { get; init; }

    public required string? ExpectedIssuer { get; init; }

    public required bool IsStaging { get; init; }

    public required TrustMaterial Trust { get; init; }

    public required VerificationResult Result { get; init; }

    /// <summary>Null without a policy.</summary>
    public AdmissionAnswer? Admission { get; init; }

    /// <summary>Null with a policy, which looks at them itself.</summary>
    public AdvisoryLook? Advisories { get; init; }

    private Verified? Verified => Result as Verified;

    private Rejected? Rejected => Result as Rejected;

    private bool IsAccepted => Verified is not null && Admission is null or { IsAdmitted: true };

    public int ExitCode => IsAccepted ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    private string? Error => Rejected is { } rejected ? $"verification refused ({Kebab.Of(rejected.Reason)}): {Describe(rejected)}" : Admission?.Error;

    /// <summary>Why it is not accepted; null where it is.</summary>
    public string? Refusal => Error;

    /// <summary>Who signed it, for people; null where it is not verified.</summary>
    public string? SignerShown => Verified?.Signer is CertificateSigner signer ? $"{signer.Identity} by {signer.Issuer}" : KeyFingerprint is { } key ? $"key {key}" : null;

    /// <summary>A refusal as a sentence.</summary>
    public static string Describe(Rejected rejected) => $"{Kebab.Of(rejected.Step)}: expected {rejected.Expected}, found {rejected.Found}";

    public JsonObject ToJson()
    {
        var signer = Verified?.Signer as CertificateSigner;
        var time = Verified is { Times: [var first, ..] } ? Rfc3339.Format(first.Time) : null;
        var json = new JsonObject
        {
            ["ok"] = IsAccepted,
            ["verified"] = Verified is not null,
            ["digest"] = Digest.ToString(),
            ["bundle_path"] = BundlePath,
            ["expected_subject"] = ExpectedSubject,
            ["expected_issuer"] = ExpectedIssuer,
            ["actual_subjects"] = Subjects(signer),
            ["actual_issuer"] = signer?.Issuer,
            ["integrated_time"] = time,
            ["staging"] = IsStaging,
            ["policy_violations"] = new JsonArray(),
            ["admission_decision"] = Verified is null ? "deny" : "allow",
            ["admission_evidence"] = new JsonObject
            {
                ["artifact_digest"] = Digest.ToString(),
                ["advisory_count"] = 0,
                ["verified_subjects"] = Subjects(signer),
                ["verified_issuer"] = signer?.Issuer,
                ["integrated_time"] = time,
            },
            ["trust"] = Trust.Source,
            ["trust_warning"] = Trust.Warning,
            ["predicate_type"] = Verified?.PredicateType,
            ["key_fingerprint"] = KeyFingerprint,
            ["log_entries"] = new JsonArray([.. (Verified?.LogEntries ?? []).Select(ToJson)]),
            ["times"] = new JsonArray([.. (Verified?.Times ?? []).Select(ToJson)]),
            ["checks"] = new JsonArray([.. Result.Checks.Select(ToJson)]),
        };
        Advisories?.Write(json);
        Admission?.Write(json);
        if (Error is { } error)
        {
            json["error"] = error;
            json["command"] = "verify";
        }

        if (Rejected is { } rejected)
        {
            json["reason"] = Kebab.Of(rejected.Reason);
            json["step"] = Kebab.Of(rejected.Step);
            json["expected"] = rejected.Expected;
            json["found"] = rejected.Found;
        }

        return json;
    }

    private string? KeyFingerprint => Verified?.Signer is KeySigner { PublicKey: var key } ? $"sha256:{Convert.ToHexStringLower(key.SpkiSha256())}" : null;

    private static JsonArray Subjects(CertificateSigner? signer) => signer is null ? [] : new JsonArray((JsonNode)signer.Identity);

    private static JsonObject ToJson(VerifiedLogEntry entry) => new()
    {
        ["log"] = entry.Origin,
        ["index"] = entry.LogIndex,
        ["kind"] = entry.Kind,
        ["integrated_time"] = entry.IntegratedTime is { } time ? Rfc3339.Format(time) : null,
        ["witnesses"] = entry.Witnesses,
    };

    private static JsonObject ToJson(VerifiedTime time) => new()
    {
        ["source"] = Kebab.Of(time.Source),
        ["time"] = Rfc3339.Format(time.Time),
        ["authority"] = time.Authority,
    };

    private static JsonObject ToJson(Check check) => new()
    {
        ["step"] = Kebab.Of(check.Step),
        ["passed"] = check.Passed,
        ["detail"] = check.Detail,
    };

    public void Describe(Report report)
    {
        if (Trust.Warning is { } warning)
        {
            report.Warning(warning);
        }

        report.Title(IsAccepted, (Verified, IsAccepted, Admission) switch
        {
            (null, _, _) => $"{Artifact}: refused",
            (_, false, _) => $"{Artifact}: verified, and denied by the policy",
            (_, true, null) => $"{Artifact}: verified",
            (_, true, _) => $"{Artifact}: verified and admitted",
        });
        report.Row("digest", Digest.ToString());
        if (Verified is { } verified)
        {
            DescribeSigner(report, verified);
        }
        else if (Rejected is { } rejected)
        {
            report.Row("reason", Kebab.Of(rejected.Reason));
            report.Row("step", Kebab.Of(rejected.Step));
            report.Row("expected", rejected.Expected);
            report.Row("found", rejected.Found);
        }

        report.Row("bundle", BundlePath);
        report.Row("trust", Trust.Source);
        foreach (var check in Result.Checks)
        {
            report.Check(check.Passed, Kebab.Of(check.Step), check.Detail);
        }

        Advisories?.Describe(report);
        Admission?.Describe(report);
        if (Error is { } error)
        {
            report.Error(error);
        }
    }

    private void DescribeSigner(Report report, Verified verified)
    {
        if (verified.Signer is CertificateSigner signer)
        {
            report.Row("signer", signer.Identity);
            report.Row("issuer", signer.Issuer ?? "not named in the certificate");
        }
        else
        {
            report.Row("signer", $"key {KeyFingerprint}");
        }

        report.Row("claim", verified.PredicateType);
        report.Row("signed", verified.Times is [var first, ..] ? $"{Rfc3339.Format(first.Time)}, as {first.Authority} saw it" : "no verified time");
        foreach (var entry in verified.LogEntries)
        {
            report.Row("log", string.Create(CultureInfo.InvariantCulture, $"{entry.Origin}, index {entry.LogIndex}"));
        }

        if (verified.LogEntries.IsEmpty)
        {
            report.Row("log", "none: nobody but the holder of the key knows of this signature");
        }
    }
}
