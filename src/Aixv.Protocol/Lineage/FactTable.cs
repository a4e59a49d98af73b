namespace Aixv.Protocol.Lineage;

/// <summary>What records say beside edges, each kind as rows of numbers one after the other.</summary>
/// <param name="Bundles">source, text of the bundle id, primary, count of members, members.</param>
/// <param name="Rollbacks">source, the record's node, the artifact, the target.</param>
/// <param name="Advisories">source, text of the advisory id, count, then node and selectors of each.</param>
/// <param name="Subjects">subject, source; sorted.</param>
internal sealed record FactTable(int[] Bundles, int[] Rollbacks, int[] Advisories, int[] Subjects)
{
    internal static FactTable Empty { get; } = new([], [], [], []);

    /// <summary>The three small ones in one array: their lengths, then they.</summary>
    internal int[] ToSection() => [Bundles.Length, Rollbacks.Length, .. Bundles, .. Rollbacks, .. Advisories];

    internal static FactTable OfSection(int[] subjects, int[] rest)
    {
        var (bundles, rollbacks) = (2 + rest[0], 2 + rest[0] + rest[1]);
        return new FactTable(rest[2..bundles], rest[bundles..rollbacks], rest[rollbacks..], subjects);
    }
}
