using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;

namespace Aixv.Cli.Publishing.Bundles;

/// <summary>What a bundle says that it is about; nothing of it is verified.</summary>
internal static class BundleSubjects
{
    /// <summary>SHA-256 digests; none where the bundle names its artifact otherwise.</summary>
    public static IReadOnlyList<Digest> Of(Bundle bundle)
    {
        try
        {
            return bundle.Content switch
            {
                SignedEnvelope { Envelope: var envelope } => [.. StatedLineage.Read(envelope.Payload).Subjects.Select(s => s.Digest).OfType<Digest>()],
                MessageSignature { DigestAlgorithm.Name: "SHA256", Digest: { } digest } => [Digest.FromBytes(digest.Span)],
                _ => [],
            };
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
