using Aixv.Protocol.Lineage;
using Aixv.Track.Graphs;
using Aixv.Track.Indexing;
using Aixv.Track.Log;

namespace Aixv.Track.Attestations;

/// <summary><c>attestation.published</c>: a Sigstore bundle, verified when it came, whoever signed it.</summary>
internal sealed class AttestationPublished() : EntryKind(KindName)
{
    public const string KindName = "attestation.published";
    private const int MaximumWord = 64;

    public override void Project(Entry entry, IndexChanges changes)
    {
        var attestation = IndexedAttestation.Read(entry.Content);
        changes.Create(RecordType.Attestation, attestation.Id, AttestationStatus.Active)
            .Key($"attestation/{attestation.Fingerprint.Hex}", default)
            .Term("signer", Bounded.Text(attestation.Signer))
            .AnnounceSigner(attestation.Signer.Length <= 2048 ? attestation.Signer : Bounded.Text(attestation.Signer));
        if (attestation.PredicateType is { } type)
        {
            changes.Term("predicate", Bounded.Text(type));
        }

        foreach (var (subject, i) in attestation.Subjects.Select((subject, i) => (subject, i)))
        {
            changes.Term("hash", subject.Digest!.Hex).Kind(attestation.PredicateType is { } predicate ? NodeKinds.OfPredicate(predicate) : null, subject.Digest, "");
            if (subject.Name?.ToLowerInvariant() is { Length: > 0 } word)
            {
                changes.Term("word", word.Length > MaximumWord ? word[..MaximumWord] : word);
            }

            if (i < IndexedAttestation.MaximumAnnounced)
            {
                changes.Announce(subject.Digest);
            }
        }

        foreach (var edge in attestation.Edges)
        {
            changes.Edge(edge.Source, edge.Relation, edge.Target);
            if (edge.Target.Digest is { } target && EdgeWords.ToProtocol(edge.Relation).Kind == EdgeKind.TrainedOn)
            {
                changes.Kind(NodeKinds.Dataset, target, "");
            }
        }
    }
}
