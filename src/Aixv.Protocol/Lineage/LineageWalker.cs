using System.Runtime.Intrinsics.X86;

namespace Aixv.Protocol.Lineage;

/// <summary>Walks a graph breadth first. Keeps its memory from walk to walk; not for concurrent use.</summary>
/// <remarks>One bit a node tells what was seen; after a small walk only the bits that it set are cleared.</remarks>
internal sealed class LineageWalker(LineageGraph graph)
{
    private const int Ahead = 16;
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
        Reserve(0, starts.Length);
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
        for (var (head, depth) = (0, 0); depth < maximumDepth && head < count; depth++)
        {
            var end = count;
            Visit(edges, head, end, filter);
            head = end;
            if (count > levels[^1])
            {
                levels.Add(count);
            }
        }
    }

    /// <summary>Goes from the nodes at the places of one depth to all that they lead to.</summary>
    private unsafe void Visit<TFilter>(EdgeTable edges, int head, int end, TFilter filter)
        where TFilter : struct, IEdgeFilter
    {
        var (starts, targets, claims, bits, nodes, places, tail) = (edges.Starts, edges.Targets, edges.Claims, seen, queue, from, count);
        fixed (int* startsAt = starts, targetsAt = targets)
        fixed (uint* claimsAt = claims)
        {
            for (; head < end; head++)
            {
                if (Sse.IsSupported && head + (2 * Ahead) < tail)
                {
                    // Most of a large walk is waiting for memory: what soon will be read is asked for now. Addresses only, nothing is read through them.
                    var soon = starts[nodes[head + Ahead]];
                    Sse.Prefetch0(startsAt + nodes[head + (2 * Ahead)]);
                    Sse.Prefetch0(targetsAt + soon);
                    if (typeof(TFilter) != typeof(AnyEdge))
                    {
                        Sse.Prefetch0(claimsAt + soon);
                    }
                }

                var (first, last) = (starts[nodes[head]], starts[nodes[head] + 1]);
                if (tail + (long)(last - first) >= nodes.Length)
                {
                    Reserve(tail, last - first);
                    (nodes, places) = (queue, from);
                }

                for (var i = first; i < last; i++)
                {
                    var target = targets[i];
                    ref var word = ref bits[target >> 6];
                    if (typeof(TFilter) == typeof(AnyEdge))
                    {
                        // Written whether it is new or not, and kept if it is: there is nothing for the processor to guess.
                        var before = word;
                        word = before | (1UL << target);
                        nodes[tail] = target;
                        places[tail] = head;
                        tail += (int)(~(before >> target) & 1);
                    }
                    else if ((word & (1UL << target)) == 0 && filter.Passes(claims[i], target))
                    {
                        word |= 1UL << target;
                        nodes[tail] = target;
                        places[tail++] = head;
                    }
                }
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

    /// <summary>Makes room for <paramref name="more"/> nodes and one: a place is written before it is known whether it counts.</summary>
    private void Reserve(int held, int more)
    {
        var needed = Math.Min(held + (long)more, graph.NodeCount) + 1;
        if (needed > queue.Length)
        {
            var capacity = (int)Math.Min(graph.NodeCount + 1L, Math.Max(needed, queue.Length * 2L));
            Array.Resize(ref queue, capacity);
            Array.Resize(ref from, capacity);
        }
    }
}
