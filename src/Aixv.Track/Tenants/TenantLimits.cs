namespace Aixv.Track.Tenants;

/// <summary>What a tenant may use; 0 is no limit.</summary>
/// <param name="RequestsPerMinute">On average; twice as many may come at once.</param>
/// <param name="EntriesPerDay">Entries written from midnight to midnight, UTC.</param>
internal sealed record TenantLimits(int RequestsPerMinute, long EntriesPerDay)
{
    public static TenantLimits None { get; } = new(0, 0);
}
