using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Records;

/// <summary>Verifies attestations of a store, whoever signed them: the bundle must sign the very statement that the record holds.</summary>
/// <param name="verifier">With what is trusted.</param>
/// <param name="keys">Managed keys that bundles without a certificate are tried with; null for none.</param>
public sealed class AttestationVerifier(Verifier verifier, ManagedKeys? keys = null)
{
    private const int MaximumStatement = 32 * 1024 * 1024;
    private static readonly VerificationPolicy Anybody = new() { Signer = SignerPolicy.AllowAnyIdentityUnsafe };
    private readonly ManagedKeys known = keys ?? ManagedKeys.None;

    /// <param name="path">The record's file.</param>
    /// <param name="record">What it says.</param>
    /// <param name="subject">The artifact that the statement must be about; null takes the first that it names.</param>
    /// <returns>Null where no bundle is there, or it does not hold for this statement.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public Verified? Verify(string path, AttestationRecord record, Digest? subject = null) => VerifyBundle(path, record, subject)?.Verified;

    /// <summary>As <see cref="Verify"/>, with the bytes that were verified and where they are.</summary>
    public (Verified Verified, ReadOnlyMemory<byte> Bundle, string BundlePath)? VerifyBundle(string path, AttestationRecord record, Digest? subject = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(record);
        if (BundleOf(path, record) is not { } bundlePath || (subject ?? FirstSubject(record)) is not { } artifact)
        {
            return null;
        }

        byte[] bundle;
        try
        {
            bundle = BoundedFile.Read(bundlePath, Bundle.MaximumBytes);
        }
        catch (Exception e) when (e is FormatException or FileNotFoundException or UnauthorizedAccessException)
        {
            return null;
        }

        return known.Verify(verifier, bundle, new ArtifactDigests(artifact), Anybody) is Verified { Statement: { } signed } verified
            && SortedJson.Serialize(SortedJson.ParseObject(signed, "statement", MaximumStatement)).AsSpan().SequenceEqual(SortedJson.Serialize(record.Statement))
                ? (verified, bundle, bundlePath)
                : null;
    }

    /// <summary>The bundle of a record: beside it, else as it says; null where there is none.</summary>
    public static string? BundleOf(string path, AttestationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return BundlePlace.Find(path, record.SignatureBundlePath);
    }

    private static Digest? FirstSubject(AttestationRecord record) =>
        SignedContents.Subjects(record.Statement).Select(hex => Digest.TryParse(hex, out var digest) ? digest : null).FirstOrDefault(digest => digest is not null);
}
