using System.Net;
using System.Text.Json.Nodes;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Webhooks;

/// <summary><c>/v1/webhooks</c>: who is told of what happens.</summary>
internal sealed class WebhookRoutes(WebhookSecrets secrets, WebhookQueue queue, bool allowPrivate)
{
    private const int MaximumEvents = 64;
    private const int MaximumWebhooks = 50;

    public void Map(ApiRoutes routes) => routes
        .PostForSecret("/v1/webhooks", Scope.WebhooksWrite, CreateAsync)
        .Get("/v1/webhooks", Scope.WebhooksRead, ListAsync)
        .Get("/v1/webhooks/{id}", Scope.WebhooksRead, async call => await AnswerAsync(call, await FindAsync(call)))
        .Patch("/v1/webhooks/{id}", Scope.WebhooksWrite, ChangeAsync)
        .Delete("/v1/webhooks/{id}", Scope.WebhooksWrite, DeleteAsync)
        .PostForSecret("/v1/webhooks/{id}/rotate-secret", Scope.WebhooksWrite, RotateAsync)
        .Get("/v1/webhooks/{id}/deliveries", Scope.WebhooksRead, DeliveriesAsync);

    private async Task CreateAsync(ApiCall call)
    {
        var request = await RequestObject.ReadAsync(call);
        var webhook = new Webhook(
            TrackId.New(call.Session.Now()),
            WebhookAddress.Parse(request.RequiredText("url", 4096), allowPrivate),
            Events(request) ?? ["*"],
            request.Text("description", 256),
            WebhookStatus.Active);
        var query = new RecordQuery { Type = RecordType.Webhook, Statuses = [WebhookStatus.Active, WebhookStatus.Disabled], Limit = 1 };
        if ((await call.Session.View.ListAsync(query, call.Cancelled)).Total >= MaximumWebhooks)
        {
            throw ApiError.Conflict($"a tenant has at most {MaximumWebhooks} webhooks");
        }

        // Before the entry: a webhook without a secret would be of no use, a secret without one is nothing.
        var secret = await secrets.RenewAsync(webhook.Id, call.Cancelled);
        var outcome = await call.Session.WriteAsync(WebhookCreated.KindName, webhook.ToContent(call.Session.Tenant.Id), cancellationToken: call.Cancelled);
        if (outcome is not Written written)
        {
            throw ApiError.Conflict("this Idempotency-Key made a webhook already; its secret is shown once only");
        }

        var stored = await call.Session.View.FindByIndexAsync(written.Index, call.Cancelled) ?? throw new InvalidDataException("track: the index lacks what was written");
        var answer = webhook.ToJson(stored);
        answer["secret"] = secret;
        await Listing.AnswerAsync(call, answer, HttpStatusCode.Created);
    }

    private static string[]? Events(RequestObject request)
    {
        if (!request.Has("events"))
        {
            return null;
        }

        var events = request.Texts("events", MaximumEvents);
        return events.Count > 0 && events.All(e => e.Length is > 0 and <= 64 && e.All(c => char.IsAsciiLetterLower(c) || c is '.' or '_' or '-' or '*'))
            ? [.. events.Distinct(StringComparer.Ordinal)]
            : throw ApiError.InvalidInput("events", "expected names of events, as attestation.published, attestation.*, or *");
    }

    private static async Task ListAsync(ApiCall call)
    {
        var (limit, offset) = (call.QueryNumber("limit", 50, 1, 100), call.QueryNumber("offset", 0, 0, int.MaxValue));
        var page = await call.Session.View.ListAsync(
            new RecordQuery { Type = RecordType.Webhook, Statuses = [WebhookStatus.Active, WebhookStatus.Disabled], Limit = limit, Offset = offset, Before = Cursor.Read(call) },
            call.Cancelled);
        await Listing.AnswerAsync(call, "webhooks", [.. page.Items.Select(item => Webhook.Read(item).ToJson(item))], page, limit, offset);
    }

    private static async ValueTask<StoredRecord> FindAsync(ApiCall call) =>
        await call.Session.View.FindAsync(RecordType.Webhook, call.RouteId("id"), call.Cancelled) is { } found && found.Status != WebhookStatus.Deleted
            ? found
            : throw ApiError.NotFound($"there is no webhook {call.Route("id")}");

    private static Task AnswerAsync(ApiCall call, StoredRecord stored) => Listing.AnswerAsync(call, Webhook.Read(stored).ToJson(stored));

    private async Task ChangeAsync(ApiCall call)
    {
        var webhook = Webhook.Read(await FindAsync(call));
        var request = await RequestObject.ReadAsync(call);
        var status = request.Text("status") ?? webhook.Status;
        if (status is not (WebhookStatus.Active or WebhookStatus.Disabled))
        {
            throw ApiError.InvalidInput("status", "expected active or disabled");
        }

        await WriteAsync(call, webhook with
        {
            Url = request.Text("url", 4096) is { } url ? WebhookAddress.Parse(url, allowPrivate) : webhook.Url,
            Events = Events(request) ?? webhook.Events,
            Description = request.Has("description") ? request.Text("description", 256) : webhook.Description,
            Status = status,
        });
        await AnswerAsync(call, await FindAsync(call));
    }

    private async Task DeleteAsync(ApiCall call)
    {
        var webhook = Webhook.Read(await FindAsync(call));
        await WriteAsync(call, webhook with { Status = WebhookStatus.Deleted });
        await secrets.ForgetAsync(webhook.Id, call.Cancelled);
        await Listing.AnswerAsync(call, new JsonObject { ["id"] = webhook.Id.ToString(), ["status"] = WebhookStatus.Deleted });
    }

    private static async Task WriteAsync(ApiCall call, Webhook webhook)
    {
        if (await call.Session.WriteAsync(WebhookChanged.KindName, webhook.ToContent(call.Session.Tenant.Id), cancellationToken: call.Cancelled) is Unmet)
        {
            throw ApiError.NotFound($"there is no webhook {webhook.Id}");
        }
    }

    private async Task RotateAsync(ApiCall call)
    {
        var webhook = Webhook.Read(await FindAsync(call));
        await WriteAsync(call, webhook);
        await Listing.AnswerAsync(call, new JsonObject { ["id"] = webhook.Id.ToString(), ["secret"] = await secrets.RenewAsync(webhook.Id, call.Cancelled) });
    }

    private async Task DeliveriesAsync(ApiCall call)
    {
        var history = await queue.HistoryAsync((await FindAsync(call)).Id, call.Cancelled);
        await Listing.AnswerAsync(call, new JsonObject { ["deliveries"] = history, ["items"] = history.DeepClone(), ["total"] = history.Count });
    }
}
