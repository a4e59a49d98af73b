using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace Aixv.Authority.Identity;

/// <summary>Short-lived secrets and what they stand for, in memory: a restart forgets them, and the person signs in again.</summary>
internal sealed class PendingGrants<T>(TimeSpan lifetime, TimeProvider time)
    where T : class
{
    private const int Maximum = 10_000;
    private readonly ConcurrentDictionary<string, (T Value, DateTimeOffset Expires)> grants = new(StringComparer.Ordinal);

    public TimeSpan Lifetime => lifetime;

    /// <summary>256 random bits, as text for URLs.</summary>
    public static string NewKey() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    /// <summary>False when too many are pending.</summary>
    public bool TryAdd(string key, T value)
    {
        if (grants.Count >= Maximum)
        {
            Sweep();
        }

        return grants.Count < Maximum && grants.TryAdd(key, (value, time.GetUtcNow() + lifetime));
    }

    /// <summary>Null when unknown or expired.</summary>
    public T? Find(string key) => grants.TryGetValue(key, out var grant) && grant.Expires > time.GetUtcNow() ? grant.Value : null;

    /// <summary>Finds and removes, in one step: a grant is used once.</summary>
    public T? Take(string key) => grants.TryRemove(key, out var grant) && grant.Expires > time.GetUtcNow() ? grant.Value : null;

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (key, grant) in grants)
        {
            if (grant.Expires <= now)
            {
                grants.TryRemove(key, out _);
            }
        }
    }
}
