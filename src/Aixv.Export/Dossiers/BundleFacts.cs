using Aixv.Protocol.Admission;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Verification;

namespace Aixv.Export.Dossiers;

/// <summary>A Sigstore bundle whose signature was verified when the dossier was made.</summary>
/// <param name="Bytes">The bundle's file, as it was found.</param>
/// <param name="Content">The same, parsed.</param>
/// <param name="Signature">Who signed, when, and which logs know of it: verified.</param>
/// <param name="Location">Where the bundle is: a URI, or a file name for people; null where it is not known.</param>
public sealed record BundleFacts(ReadOnlyMemory<byte> Bytes, Bundle Content, SignatureEvidence Signature, string? Location)
{
    private Digest? digest;

    /// <summary>Of the bundle's bytes.</summary>
    public Digest Digest => digest ??= Digest.Of(Bytes.Span);

    /// <summary>The media type that the bundle states.</summary>
    public string MediaType => Content.Version switch
    {
        BundleVersion.V01 => "application/vnd.dev.sigstore.bundle+json;version=0.1",
        BundleVersion.V02 => "application/vnd.dev.sigstore.bundle+json;version=0.2",
        BundleVersion.V03 => "application/vnd.dev.sigstore.bundle.v0.3+json",
    };

    /// <summary>The signed envelope, or null where the artifact itself was signed.</summary>
    public DsseEnvelope? Envelope => Content.Content is SignedEnvelope { Envelope: var envelope } ? envelope : null;

    /// <summary>The first log entry with an inclusion proof, or null.</summary>
    public LogEntry? LogEntry
    {
        get
        {
            foreach (var entry in Content.LogEntries)
            {
                if (entry.Inclusion is { Checkpoint.Length: > 0 })
                {
                    return entry;
                }
            }

            return null;
        }
    }

    /// <summary>The signer's certificate (DER), or null for a managed key.</summary>
    public ReadOnlyMemory<byte>? Certificate => Content.Certificates.IsEmpty ? default(ReadOnlyMemory<byte>?) : Content.Certificates[0];

    /// <summary>What a verification just found of a bundle.</summary>
    public static BundleFacts Of(ReadOnlyMemory<byte> bytes, Verified verified, string? location) =>
        new(bytes, Bundle.Parse(bytes), SignatureEvidence.Of(verified), location);
}
