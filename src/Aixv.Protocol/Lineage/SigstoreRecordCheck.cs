using System.Security.Cryptography;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Lineage;

/// <summary>Checks bundles against a trusted root, whoever signed: whose word counts is decided when the graph is asked.</summary>
public sealed class SigstoreRecordCheck(TrustedRoot root) : IRecordCheck
{
    private readonly Verifier verifier = new(root);

    public string Fingerprint => root.Fingerprint;

    public RecordCheckResult Check(ReadOnlyMemory<byte> bundle, ArtifactDigests artifact) =>
        verifier.Verify(bundle, artifact, new VerificationPolicy { Signer = SignerPolicy.AllowAnyIdentityUnsafe }) switch
        {
            Verified verified => new RecordCheckResult(SignerOf(verified.Signer), LogEntryOf(verified), verified.Statement, null),
            Rejected rejected => new RecordCheckResult(null, null, null, $"{rejected.Reason} at {rejected.Step}: expected {rejected.Expected}, found {rejected.Found}"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    internal static LineageSigner SignerOf(Signer signer) => signer switch
    {
        CertificateSigner certificate => new LineageSigner(certificate.Identity, certificate.Issuer),
        KeySigner key => new LineageSigner($"key:sha256:{Convert.ToHexStringLower(SHA256.HashData(key.PublicKey.Spki.Span))}", null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    internal static LineageLogEntry? LogEntryOf(Verified verified) => verified.LogEntries.IsEmpty
        ? null
        : new LineageLogEntry(verified.LogEntries[0].Origin, verified.LogEntries[0].LogIndex, verified.Times.IsEmpty ? null : verified.Times[0].Time);
}
