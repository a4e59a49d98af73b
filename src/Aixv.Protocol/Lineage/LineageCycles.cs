namespace Aixv.Protocol.Lineage;

/// <summary>Finds cycles: what no honest lineage has, for nothing comes from itself.</summary>
public static class LineageCycles
{
    /// <summary>One cycle of every knot of the graph, each as nodes from child to parent, the first not repeated; a self-loop is one node.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="maximum">How many to report.</param>
    /// <remarks>
    /// Takes away again and again what has no child left, then what has no parent left; what remains lies on cycles or between them.
    /// Linear in edges, without recursion.
    /// </remarks>
    public static IReadOnlyList<IReadOnlyList<int>> Find(LineageGraph graph, int maximum = 100)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var left = new bool[graph.NodeCount];
        left.AsSpan().Fill(true);
        Peel(graph.ChildEdges, graph.ParentEdges, left);
        Peel(graph.ParentEdges, graph.ChildEdges, left);
        var cycles = new List<IReadOnlyList<int>>();
        var state = new int[graph.NodeCount];
        for (var node = 0; node < left.Length && cycles.Count < maximum; node++)
        {
            if (left[node] && state[node] == 0)
            {
                Search(graph.ParentEdges, left, state, node, cycles, maximum);
            }
        }

        return cycles;
    }

    /// <summary>Cycles among a node and its ancestors, in the form of <see cref="Find"/>.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="node">From where.</param>
    /// <param name="maximumDepth">How far up.</param>
    /// <param name="maximum">How many to report.</param>
    public static IReadOnlyList<IReadOnlyList<int>> Above(LineageGraph graph, int node, int maximumDepth, int maximum = 100)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var left = new bool[graph.NodeCount];
        var level = new List<int> { node };
        left[node] = true;
        for (var depth = 0; depth < maximumDepth && level.Count > 0; depth++)
        {
            var next = new List<int>();
            foreach (var child in level)
            {
                foreach (var parent in graph.ParentEdges.TargetsOf(child))
                {
                    if (!left[parent])
                    {
                        left[parent] = true;
                        next.Add(parent);
                    }
                }
            }

            level = next;
        }

        var cycles = new List<IReadOnlyList<int>>();
        Search(graph.ParentEdges, left, new int[graph.NodeCount], node, cycles, maximum);
        return cycles;
    }

    private static void Peel(EdgeTable incoming, EdgeTable outgoing, bool[] left)
    {
        var degrees = new int[left.Length];
        var ready = new Stack<int>();
        for (var node = 0; node < left.Length; node++)
        {
            foreach (var other in incoming.TargetsOf(node))
            {
                degrees[node] += left[node] && left[other] ? 1 : 0;
            }

            if (left[node] && degrees[node] == 0)
            {
                ready.Push(node);
            }
        }

        while (ready.TryPop(out var node))
        {
            left[node] = false;
            foreach (var other in outgoing.TargetsOf(node))
            {
                if (left[other] && --degrees[other] == 0)
                {
                    ready.Push(other);
                }
            }
        }
    }

    /// <summary>Depth first from one node; a step to a node of the current path closes a cycle.</summary>
    private static void Search(EdgeTable edges, bool[] left, int[] state, int start, List<IReadOnlyList<int>> cycles, int maximum)
    {
        const int Done = -1;
        var path = new List<(int Node, int Next)> { (start, 0) };
        state[start] = path.Count;
        while (path.Count > 0)
        {
            var (node, next) = path[^1];
            var targets = edges.TargetsOf(node);
            if (next == targets.Length || cycles.Count == maximum)
            {
                state[node] = Done;
                path.RemoveAt(path.Count - 1);
                continue;
            }

            path[^1] = (node, next + 1);
            var target = targets[next];
            if (!left[target] || state[target] == Done)
            {
                continue;
            }

            if (state[target] > 0)
            {
                cycles.Add([.. path.Skip(state[target] - 1).Select(p => p.Node)]);
                continue;
            }

            path.Add((target, 0));
            state[target] = path.Count;
        }
    }
}
