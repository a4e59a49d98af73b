namespace Aixv.Protocol.Lineage;

/// <summary>Collects what records say beside edges.</summary>
internal sealed class FactTableBuilder
{
    private readonly List<int> bundles = [];
    private readonly List<int> rollbacks = [];
    private readonly List<int> advisories = [];
    private readonly List<(int Node, int Source)> subjects = [];

    internal FactTableBuilder()
    {
    }

    /// <summary>Goes on from a table.</summary>
    internal FactTableBuilder(FactTable table)
    {
        bundles.AddRange(table.Bundles);
        rollbacks.AddRange(table.Rollbacks);
        advisories.AddRange(table.Advisories);
        for (var i = 0; i < table.Subjects.Length; i += 2)
        {
            subjects.Add((table.Subjects[i], table.Subjects[i + 1]));
        }
    }

    internal void AddBundle(int source, int id, int primary, IReadOnlyCollection<int> members) => bundles.AddRange([source, id, primary, members.Count, .. members]);

    internal void AddRollback(int source, int node, int artifact, int target) => rollbacks.AddRange([source, node, artifact, target]);

    internal void AddAdvisory(int source, int id, IReadOnlyCollection<(int Node, int Selectors)> affected) =>
        advisories.AddRange([source, id, affected.Count, .. affected.SelectMany(a => (int[])[a.Node, a.Selectors])]);

    internal void AddSubject(int node, int source) => subjects.Add((node, source));

    internal FactTable Build()
    {
        subjects.Sort();
        var pairs = new int[subjects.Count * 2];
        for (var i = 0; i < subjects.Count; i++)
        {
            (pairs[2 * i], pairs[(2 * i) + 1]) = subjects[i];
        }

        return new FactTable([.. bundles], [.. rollbacks], [.. advisories], pairs);
    }
}
