using Aixv.Track.Attestations;
using Aixv.Track.Indexing;
using Aixv.Track.Log;

namespace Aixv.Track.Advisories;

/// <summary><c>advisory.published</c>: somebody warns of artifacts, or takes a warning back.</summary>
internal sealed class AdvisoryPublished() : EntryKind(KindName)
{
    public const string KindName = "advisory.published";

    public override void Project(Entry entry, IndexChanges changes)
    {
        var published = PublishedAdvisory.Read(entry.Content);
        changes.Create(RecordType.Advisory, published.Id, "published")
            .Key($"advisory-record/{published.RecordId}", published.Record.ToBytes())
            .Term("advisory", published.Advisory.Id)
            .Term("signer", Bounded.Text(published.Signer))
            .AnnounceSigner(published.Signer.Length <= 2048 ? published.Signer : Bounded.Text(published.Signer));
        foreach (var (digest, i) in published.Advisory.Affected.Select(a => a.Digest).OfType<Sigstore.Artifacts.Digest>().Distinct().Select((digest, i) => (digest, i)))
        {
            changes.Term("hash", digest.Hex);
            if (i < IndexedAttestation.MaximumAnnounced)
            {
                changes.Announce(digest);
            }
        }
    }
}
