namespace Aixv.Protocol.Lineage;

/// <summary>The edges of one direction: those of node n are at <c>Starts[n]</c> to <c>Starts[n + 1]</c> of both other arrays. 8 bytes an edge.</summary>
internal sealed record EdgeTable(int[] Starts, int[] Targets, uint[] Claims)
{
    internal ReadOnlySpan<int> TargetsOf(int node) => Targets.AsSpan(Starts[node], Starts[node + 1] - Starts[node]);

    internal ReadOnlySpan<uint> ClaimsOf(int node) => Claims.AsSpan(Starts[node], Starts[node + 1] - Starts[node]);

    /// <summary>Groups edges by where they leave from; those of one node keep their order.</summary>
    internal static EdgeTable Create(int nodes, ReadOnlySpan<int> from, ReadOnlySpan<int> to, ReadOnlySpan<uint> claims)
    {
        var starts = new int[nodes + 1];
        foreach (var node in from)
        {
            starts[node + 1]++;
        }

        for (var i = 0; i < nodes; i++)
        {
            starts[i + 1] += starts[i];
        }

        var next = starts.AsSpan(0, nodes).ToArray();
        var targets = GC.AllocateUninitializedArray<int>(to.Length);
        var grouped = GC.AllocateUninitializedArray<uint>(to.Length);
        for (var i = 0; i < from.Length; i++)
        {
            var position = next[from[i]]++;
            targets[position] = to[i];
            grouped[position] = claims[i];
        }

        return new EdgeTable(starts, targets, grouped);
    }
}
