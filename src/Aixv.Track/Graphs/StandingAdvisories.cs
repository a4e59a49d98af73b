using System.Collections.Concurrent;
using Aixv.Protocol.Advisories;
using Aixv.Track.Advisories;
using Aixv.Track.Indexing;
using Aixv.Track.Tenants;

namespace Aixv.Track.Graphs;

/// <summary>All advisories that a view sees, each as its signer last said it.</summary>
internal sealed class StandingAdvisories
{
    private const int Page = 500;
    private const int Maximum = 20_000;
    private readonly ConcurrentDictionary<long, PublishedAdvisory> kept = [];
    private Known? known;

    /// <summary>The advisories that hold, the worst first.</summary>
    public async ValueTask<IReadOnlyList<(StoredRecord Stored, PublishedAdvisory Published)>> ActiveAsync(TenantView view, CancellationToken cancellationToken) =>
        [.. (await ReadAsync(view, cancellationToken)).Where(a => a.Published.Advisory.Status == AdvisoryStatus.Active)];

    private async ValueTask<IReadOnlyList<(StoredRecord Stored, PublishedAdvisory Published)>> ReadAsync(TenantView view, CancellationToken cancellationToken)
    {
        // Nothing was written since: nothing else is there to be read.
        var size = await view.SizeAsync(cancellationToken);
        if (Volatile.Read(ref known) is { } before && before.Size == size && before.Realm == view.Realm)
        {
            return before.Advisories;
        }

        var found = new List<(StoredRecord Stored, PublishedAdvisory Published)>();
        for (long? from = null; found.Count < Maximum;)
        {
            var page = await view.ListAsync(new RecordQuery { Type = RecordType.Advisory, Before = from, Limit = Page, Count = false }, cancellationToken);
            found.AddRange(page.Items.Select(stored => (stored, kept.GetOrAdd(stored.Index, _ => PublishedAdvisory.Read(stored.Content)))));
            if ((from = page.Next) is null)
            {
                break;
            }
        }

        // What one signer says of an advisory does not change what another said.
        (StoredRecord Stored, PublishedAdvisory Published)[] standing =
        [
            .. found.GroupBy(a => (a.Published.Advisory.Id, a.Published.Signer))
                .Select(group => group.MaxBy(a => (a.Published.SignedAt ?? a.Stored.Created, a.Stored.Index)))
                .OrderByDescending(a => a.Published.Advisory.Severity).ThenByDescending(a => a.Stored.Index),
        ];
        Volatile.Write(ref known, new Known(size, view.Realm, standing));
        return standing;
    }

    private sealed record Known(long Size, Realm Realm, IReadOnlyList<(StoredRecord, PublishedAdvisory)> Advisories);
}
