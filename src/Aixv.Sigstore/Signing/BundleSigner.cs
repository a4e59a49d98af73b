using System.Collections.Immutable;
using System.Security.Cryptography;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Rekor;
using Aixv.Sigstore.Timestamps;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Signing;

/// <summary>Makes Sigstore bundles: sign, timestamp, log, and verify the result before anybody sees it.</summary>
/// <remarks>Writes no file. Safe for concurrent use; every call makes one signature.</remarks>
public abstract class BundleSigner
{
    private readonly TrustedRoot root;
    private readonly Verifier verifier;
    private readonly ImmutableArray<RekorClient> logs;
    private readonly ImmutableArray<TimestampClient> authorities;

    private protected BundleSigner(TrustedRoot root, SigningServices services, ServiceTransport? transport)
    {
        this.root = root;
        verifier = new Verifier(root);
        // Only a signer without services has no transport.
        logs = [.. services.Logs.Select(log => RekorClient.For(log, transport!, root.TransparencyLogs, services.EnvelopeEntries))];
        authorities = [.. services.TimestampAuthorities.Select(authority => new TimestampClient(transport!, authority.Url))];
    }

    /// <summary>How the signature is made. An artifact must come with the digest of this scheme's hash, or with its content when there is none.</summary>
    public abstract SignatureScheme Scheme { get; }

    private protected abstract string? KeyHint { get; }

    /// <summary>The key to sign with, certified where that is how it is trusted.</summary>
    private protected abstract Task<SigningCredential> OpenAsync(CancellationToken cancellationToken);

    /// <summary>What can be known to fail before a key is certified or anything is sent.</summary>
    private protected abstract void RequireReady();

    /// <summary>Whom the result must verify as.</summary>
    private protected abstract SignerPolicy PolicyFor(SigningCredential credential);

    /// <summary>Signs an artifact.</summary>
    /// <param name="artifact">With the digest that <see cref="Scheme"/> signs.</param>
    /// <exception cref="SigningException">A service refused, or the result does not verify.</exception>
    /// <exception cref="HttpRequestException">A service cannot be reached or answers nonsense.</exception>
    public Task<Bundle> SignArtifactAsync(ArtifactDigests artifact, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(artifact);
        return SignAsync(credential => SignArtifact(credential.Key, artifact), artifact, isEnvelope: false, cancellationToken);
    }

    /// <summary>Signs an in-toto statement as a DSSE envelope.</summary>
    /// <param name="statement">The statement's bytes; they are signed as they are.</param>
    /// <param name="subject">An artifact that the statement is about; null takes its first subject with a SHA-256 digest.</param>
    /// <exception cref="FormatException">Not a statement, or not one about <paramref name="subject"/>.</exception>
    /// <exception cref="SigningException">A service refused, or the result does not verify.</exception>
    /// <exception cref="HttpRequestException">A service cannot be reached or answers nonsense.</exception>
    public Task<Bundle> SignStatementAsync(ReadOnlyMemory<byte> statement, ArtifactDigests? subject = null, CancellationToken cancellationToken = default)
    {
        var parsed = InTotoStatement.Parse(statement);
        var artifact = subject ?? FirstSubject(parsed);
        if (!parsed.Describes(artifact))
        {
            throw new FormatException($"statement: {artifact.Sha256} is not among its subjects");
        }

        return SignAsync(credential => SignStatement(credential.Key, statement), artifact, isEnvelope: true, cancellationToken);
    }

    /// <summary>Opens a key for documents that hold their signature themselves.</summary>
    /// <exception cref="SigningException">A service refused.</exception>
    /// <exception cref="HttpRequestException">A service cannot be reached or answers nonsense.</exception>
    public async Task<DocumentCredential> OpenDocumentKeyAsync(CancellationToken cancellationToken = default)
    {
        RequireReady();
        return new DocumentCredential(await OpenAsync(cancellationToken).ConfigureAwait(false), Scheme, authorities.IsEmpty ? null : authorities[0], root);
    }

    private static ArtifactDigests FirstSubject(InTotoStatement statement) =>
        statement.Subjects.Select(s => s.Sha256).FirstOrDefault(hex => hex is not null) is { } sha256
            ? new ArtifactDigests(Digest.Parse(sha256))
            : throw new FormatException("statement: no subject has a sha256 digest");

    private async Task<Bundle> SignAsync(
        Func<SigningCredential, (BundleContent Content, byte[] Digest)> sign, ArtifactDigests artifact, bool isEnvelope, CancellationToken cancellationToken)
    {
        RequireReady();
        using var credential = await OpenAsync(cancellationToken).ConfigureAwait(false);
        foreach (var log in logs)
        {
            log.RequireSupport(credential.Key.PublicKey, Scheme, isEnvelope);
        }

        var (content, digest) = sign(credential);
        // Timestamps first: when an authority fails, nothing stays behind in a public log.
        var timestamps = await Task.WhenAll(authorities.Select(a => a.TimestampAsync(content.Signature, cancellationToken))).ConfigureAwait(false);
        var submission = new LogSubmission(
            digest, content.Signature, Scheme, credential.Key.PublicKey, credential.Certificate?.Raw, (content as SignedEnvelope)?.Envelope);
        var entries = await Task.WhenAll(logs.Select(log => log.AddAsync(submission, cancellationToken))).ConfigureAwait(false);
        var bundle = new Bundle
        {
            Version = BundleVersion.V03,
            Certificates = credential.Certificate is { } certificate ? [certificate.Raw] : [],
            KeyHint = KeyHint,
            LogEntries = [.. entries],
            Timestamps = [.. timestamps],
            Content = content,
        };
        RequireVerifies(bundle, artifact, PolicyFor(credential));
        return bundle;
    }

    private (BundleContent Content, byte[] Digest) SignArtifact(SigningKey key, ArtifactDigests artifact)
    {
        if (Scheme.Hash() is { } hash)
        {
            var digest = artifact.Find(hash)?.ToArray()
                ?? throw new ArgumentException($"Signing by {Scheme} needs the artifact's {hash.Name} digest.", nameof(artifact));
            return (new MessageSignature(key.SignDigest(digest, Scheme), hash, digest), digest);
        }

        var content = artifact.Content ?? throw new ArgumentException($"Signing by {Scheme} needs the artifact's content.", nameof(artifact));
        return (new MessageSignature(key.Sign(content.Span, Scheme), HashAlgorithmName.SHA256, artifact.Sha256.ToBytes()), []);
    }

    private (BundleContent Content, byte[] Digest) SignStatement(SigningKey key, ReadOnlyMemory<byte> statement)
    {
        var message = PreAuthEncoding.Encode(DsseEnvelope.InTotoPayloadType, statement.Span);
        var envelope = new DsseEnvelope(DsseEnvelope.InTotoPayloadType, statement, [new DsseSignature(key.Sign(message, Scheme))]);
        return (new SignedEnvelope(envelope), Scheme.Hash() is { } hash ? CryptographicOperations.HashData(hash, message) : []);
    }

    /// <summary>The result as a stranger would verify it, from its JSON; and every piece of evidence in it must count.</summary>
    private void RequireVerifies(Bundle bundle, ArtifactDigests artifact, SignerPolicy signer)
    {
        var policy = new VerificationPolicy { Signer = signer, LogThreshold = Math.Min(1, bundle.LogEntries.Length) };
        switch (verifier.Verify(bundle.ToJson(), artifact, policy))
        {
            case Rejected rejected:
                throw new SigningException(
                    $"the signature was made and does not verify, so it is not given out ({rejected.Reason} at {rejected.Step}: expected {rejected.Expected}, "
                    + $"found {rejected.Found}); do trusted root {root.Fingerprint[..12]} and signing config belong together?");
            case Verified verified when verified.LogEntries.Length < logs.Length:
                throw new SigningException($"{logs.Length} log entries were made and the trusted root knows the logs of {verified.LogEntries.Length}");
            case Verified verified when verified.Times.Count(t => t.Source == TimeSource.TimestampAuthority) is var counted && counted < authorities.Length:
                throw new SigningException($"{authorities.Length} timestamps were made and the trusted root knows the authorities of {counted}");
        }
    }
}
