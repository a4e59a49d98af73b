using System.Security.Cryptography;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Rekor;
using Aixv.Sigstore.Timestamps;
using Aixv.Sigstore.Trust;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Verification;

/// <summary>Verifies Sigstore bundles: a pure function of bundle, artifact, trusted root and policy. It opens no file and no socket and asks no clock.</summary>
/// <remarks>Safe for concurrent use; one instance keeps what many bundles share.</remarks>
public sealed class Verifier(TrustedRoot root)
{
    /// <summary>Verifies a bundle as it was received.</summary>
    /// <param name="bundleJson">UTF-8; any bytes are safe.</param>
    public VerificationResult Verify(ReadOnlyMemory<byte> bundleJson, ArtifactDigests artifact, VerificationPolicy policy)
    {
        try
        {
            return Verify(Bundle.Parse(bundleJson), artifact, policy);
        }
        catch (BundleFormatException e)
        {
            return Reject(new Refusal(e.Reason, VerificationStep.Bundle, "a Sigstore bundle of version 0.1, 0.2 or 0.3", e.Message), []);
        }
    }

    /// <summary>Verifies a parsed bundle.</summary>
    public VerificationResult Verify(Bundle bundle, ArtifactDigests artifact, VerificationPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(artifact);
        ArgumentNullException.ThrowIfNull(policy);
        var checks = new List<Check>();
        try
        {
            return Verify(bundle, artifact, policy, checks);
        }
        catch (Refusal refusal)
        {
            return Reject(refusal, checks);
        }
    }

    /// <summary>What beyond its SHA-256 digest must be known of the artifact to verify <paramref name="bundle"/>.</summary>
    public static DigestRequirement Needs(Bundle bundle, PublicKey? key = null)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (bundle.Content is SignedEnvelope { Envelope: var envelope })
        {
            return new DigestRequirement([.. TryRead(envelope)?.OtherHashes() ?? new HashSet<HashAlgorithmName>()], Content: false);
        }

        var message = (MessageSignature)bundle.Content;
        var signer = key ?? TryReadKey(bundle);
        var schemes = signer is null ? [] : SignatureVerifier.Schemes(signer, message.DigestAlgorithm).ToList();
        var hashes = schemes.Select(s => s.Hash()).Append(message.DigestAlgorithm).OfType<HashAlgorithmName>().Where(h => h != HashAlgorithmName.SHA256);
        return new DigestRequirement([.. hashes.Distinct()], schemes.Contains(SignatureScheme.Ed25519));
    }

    private static InTotoStatement? TryRead(DsseEnvelope envelope)
    {
        try
        {
            return InTotoStatement.Parse(envelope.Payload);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static PublicKey? TryReadKey(Bundle bundle)
    {
        try
        {
            return bundle.Certificates.IsEmpty ? null : Certificate.Parse(bundle.Certificates[0]).PublicKey;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private Verified Verify(Bundle bundle, ArtifactDigests artifact, VerificationPolicy policy, List<Check> checks)
    {
        void Passed(VerificationStep step, string detail) => checks.Add(new Check(step, Passed: true, detail));

        Passed(VerificationStep.Bundle, $"version {bundle.Version switch { BundleVersion.V01 => "0.1", BundleVersion.V02 => "0.2", BundleVersion.V03 => "0.3" }}");
        RequirePayloadType(bundle.Content);
        var (leaf, key) = RequireKey(bundle, policy.Signer);
        Passed(VerificationStep.Key, leaf is null ? $"managed key, {key.Algorithm}" : $"code signing certificate, {key.Algorithm}");

        var message = bundle.Content is SignedEnvelope { Envelope: var envelope } ? envelope.ToPreAuthEncoding() : (ReadOnlyMemory<byte>?)null;
        var material = new SignedMaterial(bundle.Content, leaf, key, artifact, message);
        SignatureVerifier.RequireStatedDigest(material);
        var times = new List<VerifiedTime>();
        foreach (var timestamp in bundle.Timestamps)
        {
            if (TimestampVerifier.Verify(timestamp, bundle.Content.Signature.Span, root) is { } time)
            {
                times.Add(time);
                Passed(VerificationStep.Timestamp, $"{Rfc3339.Format(time.Time)} by {time.Authority}");
            }
        }

        var logged = bundle.LogEntries.Select(e => LogVerifier.Verify(e, material, root)).OfType<LogVerifier.LoggedEntry>().ToList();
        times.AddRange(logged.Select(l => l.Time).OfType<VerifiedTime>());
        times.Sort((a, b) => a.Time.CompareTo(b.Time));
        RequireLogs(bundle, logged, policy);
        foreach (var entry in logged)
        {
            LogVerifier.RequireKeyValidity(entry, times);
            Passed(VerificationStep.Log, $"entry {entry.Entry.LogIndex} of {entry.Origin ?? entry.Log.BaseUrl}{(entry.Witnesses > 0 ? $", {entry.Witnesses} witnesses" : "")}");
        }

        var signer = VerifySigner(leaf, key, times, policy, checks);
        foreach (var entry in logged)
        {
            EntryBody.Require(entry.Entry, entry.Body, material);
            Passed(VerificationStep.Entry, $"{entry.Entry.Kind} {entry.Entry.Version} of this signature");
        }

        SignatureVerifier.Require(material);
        Passed(VerificationStep.Signature, message is null ? "over the artifact" : "over the statement");
        var statement = RequireArtifact(bundle.Content, artifact);
        Passed(VerificationStep.Artifact, statement is null ? artifact.Sha256.ToString() : $"{artifact.Sha256} is a subject of the statement");
        return new Verified
        {
            Checks = [.. checks],
            Artifact = artifact,
            Signer = signer,
            Times = [.. times],
            LogEntries = [.. logged.Select(Describe)],
            Statement = statement is null ? (ReadOnlyMemory<byte>?)null : ((SignedEnvelope)bundle.Content).Envelope.Payload,
            PredicateType = statement?.PredicateType,
        };
    }

    private static VerifiedLogEntry Describe(LogVerifier.LoggedEntry entry) => new(
        entry.Origin ?? entry.Log.BaseUrl, entry.Entry.LogIndex, entry.Time?.Time, $"{entry.Entry.Kind} {entry.Entry.Version}", entry.Witnesses, entry.Log.Operator);

    private static (Certificate? Leaf, PublicKey Key) RequireKey(Bundle bundle, SignerPolicy policy)
    {
        if (policy is KeyPolicy { PublicKey: var key })
        {
            return bundle.Certificates.IsEmpty ? (null, key) : throw new Refusal(
                RejectionReason.KeyMismatch, VerificationStep.Key, "a bundle signed with the given key", "one with a certificate: verify it by identity");
        }

        if (bundle.Certificates.IsEmpty)
        {
            throw new Refusal(
                RejectionReason.KeyMismatch, VerificationStep.Key, "a bundle with a certificate", $"one signed with a key (hint '{bundle.KeyHint}'): give the public key");
        }

        var leaf = CertificateVerifier.ReadLeaf(bundle);
        return (leaf, CertificateVerifier.RequireSupportedKey(leaf));
    }

    private void RequireLogs(Bundle bundle, List<LogVerifier.LoggedEntry> logged, VerificationPolicy policy)
    {
        var threshold = policy.Signer is KeyPolicy && root.TransparencyLogs.IsEmpty ? 0 : policy.LogThreshold;
        var operators = logged.Select(l => l.Log.Operator).Distinct().Count();
        if (operators >= threshold)
        {
            return;
        }

        var unknown = bundle.LogEntries.Length - logged.Count;
        throw unknown > 0
            ? new Refusal(RejectionReason.LogUnknown, VerificationStep.Log, "an entry of a log of the trusted root", $"{unknown} of other logs")
            : new Refusal(RejectionReason.LogEntryMissing, VerificationStep.Log, $"entries of {threshold} trusted logs", $"{operators}");
    }

    private Signer VerifySigner(Certificate? leaf, PublicKey key, List<VerifiedTime> times, VerificationPolicy policy, List<Check> checks)
    {
        if (leaf is null)
        {
            return new KeySigner(key);
        }

        var sources = times.Select(t => $"{t.Source} {t.Operator}").Distinct().Count();
        if (sources < policy.TimeThreshold || times.Count == 0)
        {
            throw new Refusal(
                RejectionReason.TimeMissing, VerificationStep.Time, $"{Math.Max(policy.TimeThreshold, 1)} verified times (a timestamp, or a log's signed entry timestamp)", $"{sources}");
        }

        checks.Add(new Check(VerificationStep.Time, Passed: true, $"{times.Count} verified, from {Rfc3339.Format(times[0].Time)}"));
        var path = CertificateVerifier.RequirePath(leaf, times, root);
        checks.Add(new Check(VerificationStep.Path, Passed: true, $"{path.Certificates.Length} certificates, valid at every verified time"));
        foreach (var log in SctVerifier.Verify(path, root, policy.SctThreshold))
        {
            checks.Add(new Check(VerificationStep.Sct, Passed: true, $"by {log.BaseUrl}"));
        }

        var signer = CertificateVerifier.RequireIdentity(leaf, (CertificatePolicy)policy.Signer);
        checks.Add(new Check(VerificationStep.Identity, Passed: true, $"{signer.Identity} by {signer.Issuer}"));
        return signer;
    }

    private static void RequirePayloadType(BundleContent content)
    {
        if (content is SignedEnvelope { Envelope.PayloadType: not DsseEnvelope.InTotoPayloadType and var type })
        {
            throw new Refusal(RejectionReason.PayloadTypeUnsupported, VerificationStep.Bundle, DsseEnvelope.InTotoPayloadType, type);
        }
    }

    private static InTotoStatement? RequireArtifact(BundleContent content, ArtifactDigests artifact)
    {
        if (content is not SignedEnvelope { Envelope: var envelope })
        {
            return null;
        }

        var statement = ReadStatement(envelope);
        if (statement.Describes(artifact))
        {
            return statement;
        }

        throw statement.OtherHashes().Any(h => artifact.Find(h) is null)
            ? new Refusal(
                RejectionReason.ArtifactRequired, VerificationStep.Artifact, "the digests under which the statement names its subjects", "only the SHA-256 digest: verify the file")
            : new Refusal(
                RejectionReason.SubjectMismatch,
                VerificationStep.Artifact,
                $"{artifact.Sha256} among the subjects",
                string.Join(", ", statement.Subjects.Take(3).Select(s => s.Sha256 ?? s.Sha512 ?? s.Sha384 ?? s.Name)));
    }

    private static InTotoStatement ReadStatement(DsseEnvelope envelope)
    {
        try
        {
            return InTotoStatement.Parse(envelope.Payload);
        }
        catch (FormatException e)
        {
            throw new Refusal(RejectionReason.StatementMalformed, VerificationStep.Artifact, "an in-toto statement", e.Message);
        }
    }

    private static Rejected Reject(Refusal refusal, List<Check> checks) =>
        new(refusal.Reason, refusal.Step, refusal.Expected, refusal.Found)
        {
            Checks = [.. checks, new Check(refusal.Step, Passed: false, $"expected {refusal.Expected}, found {refusal.Found}")],
        };
}
