using Aixv.Export.Dossiers;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Formats;

/// <summary>Where the signed evidence behind an unsigned document is: what a reader asks for to check it.</summary>
/// <param name="Location">A URI, or a file name for people; null where it is not known.</param>
/// <param name="Digest">Of the bundle's bytes.</param>
/// <param name="Log">The log's name; null where no entry is verified.</param>
/// <param name="LogIndex">Null where no entry is verified.</param>
internal sealed record EvidencePointer(string? Location, Digest Digest, string MediaType, string? Log, long? LogIndex, DateTimeOffset? Time)
{
    /// <summary>Of the bundle that stands for the artifact; null where there is none.</summary>
    public static EvidencePointer? Of(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return dossier.Bundle is { } bundle ? Of(bundle) : null;
    }

    public static EvidencePointer Of(BundleFacts bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var entry = bundle.Signature.LogEntries.IsEmpty ? null : bundle.Signature.LogEntries[0];
        return new EvidencePointer(bundle.Location, bundle.Digest, bundle.MediaType, entry?.Log, entry?.Index, bundle.Signature.IntegratedTime);
    }
}
