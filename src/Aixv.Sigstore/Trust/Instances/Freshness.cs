using System.Globalization;
using Aixv.Sigstore.Tuf;

namespace Aixv.Sigstore.Trust.Instances;

/// <summary>When a cached update is used without asking the repository: it is less than 24 hours old and nothing in it has expired.</summary>
internal static class Freshness
{
    internal static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <remarks>An update from the future is not fresh: the clock was wrong then or is wrong now.</remarks>
    internal static bool IsFresh(TufTargets update, IEnumerable<string> targets, DateTimeOffset now) =>
        update.Refreshed <= now && now - update.Refreshed < Lifetime && !HasExpired(update, now) && targets.All(update.Knows);

    internal static bool HasExpired(TufTargets update, DateTimeOffset now) => update.Expires <= now;

    /// <summary>An age as a person says it: "5 hours", "12 days".</summary>
    internal static string Describe(TimeSpan age)
    {
        var (count, unit) = age.TotalDays >= 2 ? (age.TotalDays, "days")
            : age.TotalHours >= 2 ? (age.TotalHours, "hours")
            : (Math.Max(0, age.TotalMinutes), "minutes");
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(count):0} {unit}");
    }
}
