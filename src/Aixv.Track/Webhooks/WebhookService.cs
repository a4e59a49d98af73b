using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Tenants;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Webhooks;

/// <summary>Follows the log and tells webhooks of it; on several nodes one of them does.</summary>
internal sealed class WebhookService(TrackRegistry track, ILogger logger) : BackgroundService
{
    private const string Work = "webhooks";
    private const int Batch = 500;
    private const int AtOnce = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private readonly string node = Guid.NewGuid().ToString("N");
    private readonly Registry registry = track.Registry;
    private readonly WebhookQueue queue = new(track.Registry.Store.Scratch);
    private readonly WebhookSecrets secrets = new(track.Registry.Store.Scratch);
    private readonly WebhookEvents events = new(track.Registry, track.Graph);
    private readonly WebhookSender sender = new(track.Options.AllowPrivateWebhooks, track.Options.Time);

    // Until the first look nothing is known: secrets may have been lost, webhooks are not.
    private bool haveWebhooks = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // In real time: what tests move is the time that entries have.
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WorkAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The queue is kept.
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await registry.Store.Scratch.TryLeaseAsync(Work, node, registry.Time.GetUtcNow(), Lease, cancellationToken))
            {
                await FollowAsync(cancellationToken);
                await DeliverAsync(cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or System.Data.Common.DbException)
        {
            logger.WebhooksFailed(e);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var all = TenantView.OfEveryTenant(registry.Store);
        var position = await registry.Store.Scratch.FindPositionAsync(Work, cancellationToken);
        var size = await all.SizeAsync(cancellationToken);
        if (position >= size)
        {
            return;
        }

        if (!haveWebhooks && !await secrets.AnyAsync(cancellationToken))
        {
            await registry.Store.Scratch.KeepPositionAsync(Work, size, cancellationToken);
            return;
        }

        var webhooks = await ListAsync(all, cancellationToken);
        haveWebhooks = webhooks.Count > 0;
        while (await all.ReadEntriesAsync(position, Batch, cancellationToken) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                // What was before a webhook was made is not told to it.
                var told = webhooks.Where(w => w.Since <= entry.Index).Select(w => (w.Realm, w.Webhook)).ToList();
                foreach (var delivery in told.Count > 0 ? await events.OfAsync(entry, told, cancellationToken) : [])
                {
                    await queue.AddAsync(delivery, cancellationToken);
                }
            }

            position = entries[^1].Index + 1;
            await registry.Store.Scratch.KeepPositionAsync(Work, position, cancellationToken);
        }
    }

    /// <summary>Those that are told of what comes, and the log index since which each is there.</summary>
    private static async ValueTask<IReadOnlyList<(Realm Realm, Webhook Webhook, long Since)>> ListAsync(TenantView all, CancellationToken cancellationToken)
    {
        var found = new List<(Realm, Webhook, long)>();
        for (long? before = null; ;)
        {
            var page = await all.ListAsync(
                new RecordQuery { Type = RecordType.Webhook, Statuses = [WebhookStatus.Active], Before = before, Limit = Batch, Count = false }, cancellationToken);
            found.AddRange(page.Items.Select(item => (item.Realm, Webhook.Read(item), item.Index)));
            if ((before = page.Next) is null)
            {
                return found;
            }
        }
    }

    private async Task DeliverAsync(CancellationToken cancellationToken)
    {
        var due = await queue.ListDueAsync(registry.Time.GetUtcNow(), Batch, cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };

        // One webhook's deliveries go one after the other: its history is one document.
        await Parallel.ForEachAsync(due.GroupBy(delivery => delivery.Webhook), options, async (group, stop) =>
        {
            foreach (var delivery in group)
            {
                await DeliverAsync(delivery, stop);
            }
        });
    }

    private async Task DeliverAsync(WebhookQueue.Delivery delivery, CancellationToken cancellationToken)
    {
        var record = await TenantView.OfRealm(registry.Store, delivery.Realm).FindAsync(RecordType.Webhook, delivery.Webhook, cancellationToken);
        if (record is null || record.Status != WebhookStatus.Active)
        {
            await queue.RemoveAsync(delivery, cancellationToken);
            return;
        }

        var secret = await secrets.FindAsync(delivery.Webhook, cancellationToken);
        var problem = secret is null
            ? "its secret was lost with this server's scratch data; rotate it"
            : await sender.SendAsync(Webhook.Read(record).Url, delivery.Name, delivery.Id, secret, delivery.Body, cancellationToken);
        var now = registry.Time.GetUtcNow();
        await queue.NoteAsync(delivery, now, problem, cancellationToken);
        await (problem is null ? queue.RemoveAsync(delivery, cancellationToken) : queue.PostponeAsync(delivery, now, cancellationToken));
    }

    public override void Dispose()
    {
        sender.Dispose();
        base.Dispose();
    }
}
