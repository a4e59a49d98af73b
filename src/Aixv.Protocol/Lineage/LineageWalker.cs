namespace Aixv.Protocol.Lineage;

/// <summary>Walks a graph breadth first. Keeps its memory from walk to walk; not for concurrent use.</summary>
/// <remarks>One bit a node tells what was seen; after a small walk only the bits that it set are cleared.</remarks>
internal sealed class LineageWalker(LineageGraph graph)
{
    private readonly ulong[] seen = new ulong[(graph.NodeCount / 64) + 1];
    private readonly List<int> levels = [];
    private int[] queue = new int[256];
    private int[] from = new int[256];
    private int count;

    /// <summary>The nodes of the last walk, the starts first, breadth first.</summary>
    internal ReadOnlySpan<int> Reached => queue.AsSpan(0, count);

    /// <summary>For each place of <see cref="Reached"/>, the place that it was first reached from; a start is reached from itself.</summary>
    internal ReadOnlySpan<int> From => from.AsSpan(0, count);

    /// <summary>Where each depth ends in <see cref="Reached"/>.</summary>
    internal IReadOnlyList<int> Levels => levels;

    internal bool WasReached(int node) => (seen[node >> 6] & (1UL << (node & 63))) != 0;

    internal void Ascend<TFilter>(ReadOnlySpan<int> starts, TFilter filter, int maximumDepth = int.MaxValue)
        where TFilter : struct, IEdgeFilter => Walk(graph.ParentEdges, starts, filter, maximumDepth);

    internal void Descend<TFilter>(ReadOnlySpan<int> starts, TFilter filter, int maximumDepth = int.MaxValue)
        where TFilter : struct, IEdgeFilter => Walk(graph.ChildEdges, starts, filter, maximumDepth);

    private void Walk<TFilter>(EdgeTable edges, ReadOnlySpan<int> starts, TFilter filter, int maximumDepth)
        where TFilter : struct, IEdgeFilter
    {
        Clear();
        Reserve(starts.Length);
        foreach (var start in starts)
        {
            if (!WasReached(start))
            {
                seen[start >> 6] |= 1UL << (start & 63);
                from[count] = count;
                queue[count++] = start;
            }
        }

        levels.Add(count);
        var head = 0;
        for (var depth = 0; depth < maximumDepth && head < count; depth++)
        {
            for (var end = count; head < end; head++)
            {
                var (first, last) = (edges.Starts[queue[head]], edges.Starts[queue[head] + 1]);
                if (last > first)
                {
                    Reserve(last - first);
                    Visit(edges.Targets.AsSpan(first, last - first), edges.Claims.AsSpan(first, last - first), filter, head);
                }
            }

            if (count > levels[^1])
            {
                levels.Add(count);
            }
        }
    }

    private void Visit<TFilter>(ReadOnlySpan<int> targets, ReadOnlySpan<uint> claims, TFilter filter, int head)
        where TFilter : struct, IEdgeFilter
    {
        var bits = seen;
        var tail = count;
        for (var i = 0; i < targets.Length; i++)
        {
            var target = targets[i];
            ref var word = ref bits[target >> 6];
            var bit = 1UL << (target & 63);
            if ((word & bit) == 0 && filter.Passes(claims[i], target))
            {
                word |= bit;
                queue[tail] = target;
                from[tail++] = head;
            }
        }

        count = tail;
    }

    private void Clear()
    {
        if (count > seen.Length / 4)
        {
            Array.Clear(seen);
        }
        else
        {
            foreach (var node in Reached)
            {
                seen[node >> 6] = 0;
            }
        }

        count = 0;
        levels.Clear();
    }

    private void Reserve(int more)
    {
        if (count + more > queue.Length)
        {
            var capacity = (int)Math.Min(Array.MaxLength, Math.Max(count + (long)more, queue.Length * 2L));
            Array.Resize(ref queue, capacity);
            Array.Resize(ref from, capacity);
        }
    }
}
