namespace Aixv.Protocol.Lineage;

/// <summary>Collects what records say beside edges.</summary>
internal sealed class FactTableBuilder
{
    private readonly List<int> bundles = [];
    private readonly List<int> rollbacks = [];
    private readonly List<int> advisories = [];
    private readonly List<(int Node, int Source)> subjects = [];

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
