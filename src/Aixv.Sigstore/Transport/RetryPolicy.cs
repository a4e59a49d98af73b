using System.Security.Cryptography;

namespace Aixv.Sigstore.Transport;

/// <summary>How often and when a failed request is sent again.</summary>
/// <param name="Attempts">All attempts, the first one included.</param>
/// <param name="FirstDelay">The pause after the first failure; it doubles after each further one.</param>
/// <param name="LongestDelay">The longest pause. A service that asks for a longer one is not asked again.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan FirstDelay, TimeSpan LongestDelay)
{
    /// <summary>Four attempts within about five seconds of pauses; up to 30 s where the service asks for it.</summary>
    public static RetryPolicy Default { get; } = new(4, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));

    /// <summary>The pause before the next attempt, or null when there should be none.</summary>
    /// <param name="failures">Failed attempts so far.</param>
    /// <param name="asked">What the service asked for by Retry-After.</param>
    internal TimeSpan? DelayAfter(int failures, TimeSpan? asked)
    {
        if (failures >= Attempts || asked > LongestDelay)
        {
            return null;
        }

        var backOff = FirstDelay * Math.Pow(2, failures - 1);
        // Between one half and the whole: clients that failed together do not come back together.
        var jittered = backOff * (0.5 + (RandomNumberGenerator.GetInt32(1000) / 2000.0));
        var delay = jittered < LongestDelay ? jittered : LongestDelay;
        return asked > delay ? asked : delay;
    }
}
