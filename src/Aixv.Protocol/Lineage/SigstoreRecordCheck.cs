using System.Security.Cryptography;
using System.Text;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Lineage;

/// <summary>Checks bundles against a trusted root, whoever signed: whose word counts is decided when the graph is asked.</summary>
/// <param name="root">What is trusted.</param>
/// <param name="keys">Managed keys that bundles without a certificate are tried with; null for none.</param>
public sealed class SigstoreRecordCheck(TrustedRoot root, ManagedKeys? keys = null) : IRecordCheck
{
    private readonly Verifier verifier = new(root);
    private readonly ManagedKeys known = keys ?? ManagedKeys.None;

    public string Fingerprint { get; } = keys is not { IsEmpty: false }
        ? root.Fingerprint
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{root.Fingerprint} {keys.Fingerprint}")));

    public RecordCheckResult Check(ReadOnlyMemory<byte> bundle, ArtifactDigests artifact) =>
        known.Verify(verifier, bundle, artifact, new VerificationPolicy { Signer = SignerPolicy.AllowAnyIdentityUnsafe }) switch
        {
            Verified verified => new RecordCheckResult(SignerOf(verified.Signer), LogEntryOf(verified), verified.Statement, null),
            Rejected rejected => new RecordCheckResult(null, null, null, $"{rejected.Reason} at {rejected.Step}: expected {rejected.Expected}, found {rejected.Found}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    internal static LineageSigner SignerOf(Signer signer) => new(ManagedKeys.NameOf(signer), (signer as CertificateSigner)?.Issuer);

    internal static LineageLogEntry? LogEntryOf(Verified verified) => verified.LogEntries.IsEmpty
        ? null
        : new LineageLogEntry(verified.LogEntries[0].Origin, verified.LogEntries[0].LogIndex, verified.Times.IsEmpty ? null : verified.Times[0].Time);
}
