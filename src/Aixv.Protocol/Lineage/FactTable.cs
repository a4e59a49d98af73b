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

    /// <summary>The bundles, one after the other.</summary>
    internal IEnumerable<(int Source, int Id, int Primary, int[] Members)> ReadBundles()
    {
        for (var i = 0; i < Bundles.Length; i += 4 + Bundles[i + 3])
        {
            yield return (Bundles[i], Bundles[i + 1], Bundles[i + 2], Bundles[(i + 4)..(i + 4 + Bundles[i + 3])]);
        }
    }

    /// <summary>The rollbacks, one after the other.</summary>
    internal IEnumerable<(int Source, int Node, int Artifact, int Target)> ReadRollbacks()
    {
        for (var i = 0; i < Rollbacks.Length; i += 4)
        {
            yield return (Rollbacks[i], Rollbacks[i + 1], Rollbacks[i + 2], Rollbacks[i + 3]);
        }
    }

    /// <summary>The advisories, one after the other, with the nodes that they name.</summary>
    internal IEnumerable<(int Source, int Id, (int Node, int Selectors)[] Affected)> ReadAdvisories()
    {
        for (var i = 0; i < Advisories.Length; i += 3 + (2 * Advisories[i + 2]))
        {
            var affected = new (int, int)[Advisories[i + 2]];
            for (var j = 0; j < affected.Length; j++)
            {
                affected[j] = (Advisories[i + 3 + (2 * j)], Advisories[i + 4 + (2 * j)]);
            }

            yield return (Advisories[i], Advisories[i + 1], affected);
        }
    }
}
