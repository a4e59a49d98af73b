using Aixv.Track.Attestations;
using Aixv.Track.Attesting;
using Aixv.Track.Importing;
using Aixv.Track.Indexing;
using Aixv.Track.Tenants;

namespace Aixv.Track.Pages;

/// <summary>What a slug, as <c>org-model</c>, can stand for: <c>org/model</c> and every other name that becomes it.</summary>
internal static class NamedNodes
{
    private const int Each = 32;
    private const int MaximumWord = 64;
    private const int MaximumTerms = 256;
    private static readonly char[] Separators = ['/', ' ', ':'];

    /// <summary>Things that differ, those that somebody signed for first; of what one tenant calls so again and again, the newest.</summary>
    public static async ValueTask<IReadOnlyList<NamedNode>> FindAsync(TenantView view, string text, CancellationToken cancellationToken)
    {
        var slug = DescribedWords.SlugOf(text);
        var found = new List<(NamedNode Node, long Realm)>();
        IndexTerm[] terms = [.. Names(slug).Distinct().Take(MaximumTerms).Select(name => new IndexTerm("word", name.Length > MaximumWord ? name[..MaximumWord] : name))];
        foreach (var (_, row) in await view.FindRowsAsync(terms, Each, cancellationToken))
        {
            found.AddRange(Of(await view.LoadAsync(row, cancellationToken)).Where(node => DescribedWords.SlugOf(node.Name) == slug).Select(node => (node, row.Realm.Number)));
        }

        var known = found.OrderByDescending(f => f.Node.Tier == "attested").DistinctBy(f => (f.Realm, f.Node.Type)).Select(f => f.Node).DistinctBy(n => n.Key).ToList();
        if (known.Count == 0)
        {
            known.AddRange((await view.FindDescribedAsync(slug, cancellationToken)).Select(Of).DistinctBy(n => n.Key));
        }

        return known;
    }

    /// <summary>The names that one separator in place of a hyphen gives, and the slug itself.</summary>
    private static IEnumerable<string> Names(string slug)
    {
        yield return slug;
        for (var i = 0; i < slug.Length; i++)
        {
            if (slug[i] == '-')
            {
                foreach (var separator in Separators)
                {
                    yield return string.Concat(slug.AsSpan(0, i), [separator], slug.AsSpan(i + 1));
                }
            }
        }
    }

    private static IEnumerable<NamedNode> Of(StoredRecord stored)
    {
        switch (stored.Type)
        {
            case RecordType.Model or RecordType.Dataset:
                var record = AttestedRecord.Read(stored);
                yield return new NamedNode(record.Hash is null ? NodeKey.Of(stored.Id) : NodeKey.Of(record.Hash), record.Name, RecordWords.Of(stored.Type), record.Tier, null);
                break;
            case RecordType.Attestation when stored.Status == AttestationStatus.Active:
                var attestation = IndexedAttestation.Read(stored.Content);
                foreach (var subject in attestation.Subjects.Where(s => s.Name is not null))
                {
                    yield return new NamedNode(NodeKey.Of(subject.Digest!), subject.Name!, "attestation", "attested", new() { ["identity"] = attestation.Signer, ["issuer"] = attestation.Issuer });
                }

                break;
            default:
                break;
        }
    }

    private static NamedNode Of(Described described) => new(
        described.Node.Digest is { } digest ? NodeKey.Of(digest) : described.Node.Key, described.Node.Name, described.Node.Kind, "described", null);
}
