using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Json;

namespace Aixv.Cli.Records;

/// <summary>One record of an advisory in a store, with what is known of its signature.</summary>
/// <param name="Stored">The record.</param>
/// <param name="Advisory">What it says; null where its payload is no advisory.</param>
/// <param name="Fault">Why its payload is none.</param>
/// <param name="Verification">Null where nobody asked, or there is no bundle.</param>
internal sealed record ListedAdvisory(StoredRecord Stored, Advisory? Advisory, string? Fault, RecordVerification? Verification)
{
    /// <param name="stored">The record.</param>
    /// <param name="verifier">Null where signatures are not asked for.</param>
    /// <param name="trusted">Whose signatures count.</param>
    public static ListedAdvisory Read(StoredRecord stored, RecordVerifier? verifier, TrustedSigners? trusted)
    {
        try
        {
            var advisory = Advisory.Read(stored.Record.Payload);
            var verification = verifier is null || trusted is null || stored.BundlePath is null
                ? null
                : verifier.Verify(stored.Bytes, ReadBundle(stored.BundlePath), trusted, RecordKinds.Advisory);
            return new ListedAdvisory(stored, advisory, null, verification);
        }
        catch (FormatException e)
        {
            return new ListedAdvisory(stored, null, e.Message, null);
        }
    }

    public bool IsTrusted => Verification is VerifiedRecord;

    /// <summary>When it was signed, as far as that was verified.</summary>
    public DateTimeOffset? IntegratedTime => (Verification as VerifiedRecord)?.IntegratedTime;

    private static byte[] ReadBundle(string path) =>
        new FileInfo(path).Length <= Bundle.MaximumBytes ? File.ReadAllBytes(path) : throw new FormatException($"{path}: more than {Bundle.MaximumBytes} bytes");

    public JsonObject ToJson(string path)
    {
        var json = AdvisoryJson.Of(Advisory!);
        json["record_path"] = path;
        json["signed"] = Stored.BundlePath is not null;
        json["trusted"] = Verification is null && Stored.BundlePath is not null ? null : IsTrusted;
        json["signer"] = (Verification as VerifiedRecord)?.Signer.Identity;
        json["integrated_time"] = IntegratedTime is { } time ? Rfc3339.Format(time) : null;
        json["signature_error"] = (Verification as RejectedRecord)?.Message;
        return json;
    }
}
