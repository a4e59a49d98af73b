namespace Aixv.Track.Webhooks;

/// <summary>The statuses of webhooks. Deleted is for ever, and as if it had never been.</summary>
internal static class WebhookStatus
{
    public const string Active = "active";
    public const string Disabled = "disabled";
    public const string Deleted = "deleted";
}
