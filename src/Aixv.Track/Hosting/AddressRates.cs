using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Aixv.Track.Hosting;

/// <summary>Limits those who have no good key, by address.</summary>
internal sealed class AddressRates(int requestsPerSecond) : IDisposable
{
    private const int BurstSeconds = 5;

    private readonly PartitionedRateLimiter<HttpContext>? limiter = requestsPerSecond == 0 ? null : PartitionedRateLimiter.Create<HttpContext, IPAddress>(
        context => RateLimitPartition.GetTokenBucketLimiter(PartitionOf(context.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = BurstSeconds * requestsPerSecond,
            TokensPerPeriod = requestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
            AutoReplenishment = true,
        }));

    /// <exception cref="ApiError">Too many requests.</exception>
    public void Count(HttpContext context)
    {
        using var lease = limiter?.AttemptAcquire(context);
        if (lease is { IsAcquired: false })
        {
            throw ApiError.RateLimited("too many requests without a good key from this address", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>One IPv6 customer has a whole /64.</summary>
    private static IPAddress PartitionOf(IPAddress? address)
    {
        if (address is null || address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6)
        {
            return address ?? IPAddress.None;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    public void Dispose() => limiter?.Dispose();
}
