namespace Aixv.Protocol.Lineage;

/// <summary>URIs and names of those nodes that have one; sorted by node.</summary>
internal sealed record LabelTable(int[] Nodes, int[] Uris, int[] Names)
{
    internal static LabelTable Empty { get; } = new([], [], []);

    /// <summary>The numbers of the texts; -1 for what is not known.</summary>
    internal (int Uri, int Name) Find(int node)
    {
        var position = Array.BinarySearch(Nodes, node);
        return position < 0 ? (-1, -1) : (Uris[position], Names[position]);
    }
}
