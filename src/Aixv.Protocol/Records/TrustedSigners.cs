using System.Collections.Immutable;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Records;

/// <summary>Whose signature on a record counts.</summary>
public sealed record TrustedSigners
{
    /// <param name="subjects">E-mail addresses or workflow URIs.</param>
    /// <param name="issuers">Empty allows every issuer that the trusted root's authority accepts.</param>
    /// <param name="keys">Managed keys, each trusted as the subjects are; null for none.</param>
    /// <exception cref="FormatException">Neither a subject nor a key.</exception>
    public TrustedSigners(IEnumerable<TextPattern> subjects, IEnumerable<TextPattern>? issuers = null, ManagedKeys? keys = null)
    {
        Subjects = [.. subjects];
        Issuers = [.. issuers ?? []];
        Keys = keys ?? ManagedKeys.None;
        if (Subjects.IsEmpty && Keys.IsEmpty)
        {
            throw new FormatException("trusted subject constraints required");
        }
    }

    public ImmutableArray<TextPattern> Subjects { get; }

    public ImmutableArray<TextPattern> Issuers { get; }

    public ManagedKeys Keys { get; }

    /// <summary>Signers by exact text.</summary>
    public static TrustedSigners Exactly(IEnumerable<string> subjects, IEnumerable<string>? issuers = null, ManagedKeys? keys = null) =>
        new(subjects.Select(TextPattern.Exact), issuers?.Select(TextPattern.Exact), keys);

    internal VerificationResult Verify(Verifier verifier, ReadOnlyMemory<byte> bundle, ArtifactDigests artifact) => Keys.Verify(
        verifier,
        bundle,
        artifact,
        new VerificationPolicy { Signer = Subjects.IsEmpty ? SignerPolicy.Key(Keys.Keys[0]) : SignerPolicy.Certificate(Subjects, Issuers) });
}
