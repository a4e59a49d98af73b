namespace Aixv.Protocol.Tests.Lineage;

/// <summary>Numbers that look random and are the same for the same seed (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    internal ulong Next()
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }

    /// <summary>From 0 up to but without <paramref name="end"/>.</summary>
    internal int Below(int end) => (int)(Next() % (ulong)end);

    /// <summary>True in one case of <paramref name="n"/>.</summary>
    internal bool OneIn(int n) => Below(n) == 0;
}
