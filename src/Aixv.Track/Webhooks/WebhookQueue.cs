using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;

namespace Aixv.Track.Webhooks;

/// <summary>Deliveries that are still to be made, and the last ones that were. They survive a restart; each is made at least once.</summary>
internal sealed class WebhookQueue(IScratch scratch)
{
    private const string Prefix = "webhook-queue/";
    private const int MaximumHistory = 50;

    /// <summary>How long to wait after each failure; past the last one the delivery is given up.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <summary>A delivery.</summary>
    /// <param name="Id">The event's id: the same in every attempt.</param>
    internal sealed record Delivery(Realm Realm, TrackId Webhook, string Id, string Name, byte[] Body, int Attempts, DateTimeOffset Due);

    public ValueTask AddAsync(Delivery delivery, CancellationToken cancellationToken) => scratch.KeepDocumentAsync(NameOf(delivery), SortedJson.Serialize(new JsonObject
    {
        ["realm"] = delivery.Realm.Number,
        ["webhook"] = delivery.Webhook.ToString(),
        ["id"] = delivery.Id,
        ["name"] = delivery.Name,
        ["body"] = Convert.ToBase64String(delivery.Body),
        ["attempts"] = delivery.Attempts,
        ["due"] = Rfc3339.Format(delivery.Due),
    }), cancellationToken);

    public async ValueTask<IReadOnlyList<Delivery>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        [.. (await scratch.ListDocumentsAsync(Prefix, limit, cancellationToken)).Select(document => Read(document.Value)).Where(delivery => delivery.Due <= now)];

    private static Delivery Read(ReadOnlyMemory<byte> content)
    {
        var json = JsonNode.Parse(content.Span)!;
        return new Delivery(
            new Realm(json["realm"]!.GetValue<long>()),
            TrackId.Parse(json["webhook"]!.GetValue<string>()),
            json["id"]!.GetValue<string>(),
            json["name"]!.GetValue<string>(),
            Convert.FromBase64String(json["body"]!.GetValue<string>()),
            json["attempts"]!.GetValue<int>(),
            Rfc3339.TryParse(json["due"]!.GetValue<string>(), out var due) ? due : default);
    }

    /// <summary>Takes a delivery out: it was made, or nobody waits for it.</summary>
    public ValueTask RemoveAsync(Delivery delivery, CancellationToken cancellationToken) => scratch.KeepDocumentAsync(NameOf(delivery), default, cancellationToken);

    /// <summary>Puts it back for later, or gives it up.</summary>
    public ValueTask PostponeAsync(Delivery delivery, DateTimeOffset now, CancellationToken cancellationToken) => delivery.Attempts < Waits.Length
        ? AddAsync(delivery with { Attempts = delivery.Attempts + 1, Due = now + Waits[delivery.Attempts] }, cancellationToken)
        : RemoveAsync(delivery, cancellationToken);

    /// <summary>Remembers an attempt for the tenant to look at.</summary>
    public async ValueTask NoteAsync(Delivery delivery, DateTimeOffset now, string? problem, CancellationToken cancellationToken)
    {
        var history = await HistoryAsync(delivery.Webhook, cancellationToken);
        history.Insert(0, new JsonObject
        {
            ["delivery_id"] = delivery.Id,
            ["event"] = delivery.Name,
            ["attempt"] = delivery.Attempts + 1,
            ["at"] = Rfc3339.Format(now),
            ["status"] = problem is null ? "delivered" : delivery.Attempts < Waits.Length ? "failed" : "given_up",
            ["problem"] = problem,
        });
        while (history.Count > MaximumHistory)
        {
            history.RemoveAt(history.Count - 1);
        }

        await scratch.KeepDocumentAsync($"webhook-history/{delivery.Webhook}", SortedJson.Serialize(history), cancellationToken);
    }

    /// <summary>The last attempts, newest first.</summary>
    public async ValueTask<JsonArray> HistoryAsync(TrackId webhook, CancellationToken cancellationToken) =>
        await scratch.FindDocumentAsync($"webhook-history/{webhook}", cancellationToken) is { } found ? JsonNode.Parse(found.Span)!.AsArray() : [];

    private static string NameOf(Delivery delivery) => $"{Prefix}{delivery.Webhook}/{delivery.Id}";
}
