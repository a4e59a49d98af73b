using System.Collections.Concurrent;
using System.Globalization;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Microsoft.AspNetCore.Http;

namespace Aixv.Track.Tenants;

/// <summary>Counts a tenant's requests in windows of a minute, and its entries of the day; tells both to the client. Each node counts the requests it serves.</summary>
internal sealed class TenantRates(IIndex index, TimeProvider time)
{
    private const int WindowSeconds = 60;
    private static readonly TimeSpan QuotaFreshness = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<Realm, RequestWindow> windows = new();
    private readonly ConcurrentDictionary<Realm, (long Count, DateTimeOffset Until)> counts = new();

    /// <exception cref="ApiError">Too many requests.</exception>
    public void Count(HttpContext context, Tenant tenant)
    {
        var limit = tenant.Limits.RequestsPerMinute;
        if (limit == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        var (used, ends) = windows.GetOrAdd(tenant.Realm, static _ => new RequestWindow()).Count(now, WindowSeconds);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = Math.Max(0, limit - used).ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = ends.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Policy"] = $"{limit};w={WindowSeconds}";
        if (used > limit)
        {
            throw ApiError.RateLimited($"the tenant's limit of {limit} requests a minute is reached", ends - now);
        }
    }

    /// <exception cref="ApiError">The day's entries are used up.</exception>
    public async ValueTask RequireQuotaAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var limit = tenant.Limits.EntriesPerDay;
        if (limit == 0)
        {
            return;
        }

        var now = time.GetUtcNow();
        if (!counts.TryGetValue(tenant.Realm, out var known) || known.Until < now)
        {
            known = (await index.CountEntriesAsync(tenant.Realm, DateOnly.FromDateTime(now.UtcDateTime), cancellationToken), now + QuotaFreshness);
        }

        if (known.Count >= limit)
        {
            throw ApiError.OverPlan($"the tenant's limit of {limit} entries a day is reached; it begins anew at midnight UTC");
        }

        counts[tenant.Realm] = (known.Count + 1, known.Until);
    }
}
