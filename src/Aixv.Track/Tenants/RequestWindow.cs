namespace Aixv.Track.Tenants;

/// <summary>The requests of one tenant in the present window of time.</summary>
internal sealed class RequestWindow
{
    private readonly Lock gate = new();
    private long window;
    private long used;

    /// <summary>Counts one more: how many it is in its window, and when that ends.</summary>
    public (long Used, DateTimeOffset Ends) Count(DateTimeOffset now, int seconds)
    {
        var present = now.ToUnixTimeSeconds() / seconds;
        lock (gate)
        {
            if (present != window)
            {
                (window, used) = (present, 0);
            }

            return (++used, DateTimeOffset.FromUnixTimeSeconds((present + 1) * seconds));
        }
    }
}
