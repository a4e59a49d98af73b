using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Json;

namespace Aixv.Cli.Records;

/// <summary>One record, or attestation, of an advisory in a store, with what is known of its signature.</summary>
/// <param name="Path">Its file.</param>
/// <param name="IsSigned">Whether a bundle is there.</param>
/// <param name="Advisory">What it says; null where its payload is no advisory.</param>
/// <param name="Fault">Why its payload is none.</param>
internal sealed record ListedAdvisory(string Path, bool IsSigned, Advisory? Advisory, string? Fault)
{
    /// <summary>Whether it is an attestation, which records of the same second follow.</summary>
    public bool IsAttestation { get; private init; }

    /// <summary>Whether somebody asked about the signature.</summary>
    public bool WasVerified { get; private init; }

    /// <summary>Who signed it, where that is somebody trusted.</summary>
    public string? Signer { get; private init; }

    /// <summary>When it was signed, as far as that was verified.</summary>
    public DateTimeOffset? IntegratedTime { get; private init; }

    /// <summary>Why the signature does not count.</summary>
    public string? Refusal { get; private init; }

    public bool IsTrusted => Signer is not null;

    /// <param name="stored">The record.</param>
    /// <param name="verifier">Null where signatures are not asked for.</param>
    /// <param name="trusted">Whose signatures count.</param>
    public static ListedAdvisory Read(StoredRecord stored, RecordVerifier? verifier, TrustedSigners? trusted)
    {
        try
        {
            var listed = new ListedAdvisory(stored.Path, stored.BundlePath is not null, Protocol.Advisories.Advisory.Read(stored.Record.Payload), null);
            return verifier is null || trusted is null || stored.BundlePath is null
                ? listed
                : verifier.Verify(stored.Bytes, ReadBundle(stored.BundlePath), trusted, RecordKinds.Advisory) switch
                {
                    VerifiedRecord verified => listed with { WasVerified = true, Signer = ManagedKeys.NameOf(verified.Signer), IntegratedTime = verified.IntegratedTime },
                    RejectedRecord rejected => listed with { WasVerified = true, Refusal = rejected.Message },
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
        }
        catch (FormatException e)
        {
            return new ListedAdvisory(stored.Path, stored.BundlePath is not null, null, e.Message);
        }
    }

    /// <param name="found">The attestation.</param>
    /// <param name="verifier">Null where signatures are not asked for.</param>
    /// <param name="trusts">Whose signatures count.</param>
    public static ListedAdvisory Read(AttestedAdvisories.Found found, AttestationVerifier? verifier, Func<string, string?, bool> trusts)
    {
        var listed = new ListedAdvisory(found.Path, AttestationVerifier.BundleOf(found.Path, found.Record) is not null, found.Advisory, null) { IsAttestation = true };
        if (verifier is null || !listed.IsSigned)
        {
            return listed;
        }

        if (verifier.Verify(found.Path, found.Record) is not { } verified)
        {
            return listed with { WasVerified = true, Refusal = "the signature does not hold for this statement" };
        }

        var by = Protocol.Admission.SignerEvidence.Of(verified.Signer);
        return trusts(by.Subject, by.Issuer)
            ? listed with { WasVerified = true, Signer = by.Subject, IntegratedTime = verified.Times is [var first, ..] ? first.Time : null }
            : listed with { WasVerified = true, Refusal = $"untrusted signer: {by}" };
    }

    private static byte[] ReadBundle(string path) =>
        new FileInfo(path).Length <= Bundle.MaximumBytes ? File.ReadAllBytes(path) : throw new FormatException($"{path}: more than {Bundle.MaximumBytes} bytes");

    public JsonObject ToJson(string path)
    {
        var json = AdvisoryJson.Of(Advisory!);
        json["record_path"] = path;
        json["signed"] = IsSigned;
        json["trusted"] = !WasVerified && IsSigned ? null : IsTrusted;
        json["signer"] = Signer;
        json["integrated_time"] = IntegratedTime is { } time ? Rfc3339.Format(time) : null;
        json["signature_error"] = Refusal;
        return json;
    }
}
