namespace Aixv.Bench.Yardsticks;

/// <summary>Breadth-first search as plain as it can be: two arrays, a bit for each node, a queue; it returns a count and nothing else.</summary>
internal sealed class PlainGraph(int[] starts, int[] targets)
{
    private readonly int[] queue = new int[starts.Length];
    private readonly ulong[] seen = new ulong[(starts.Length / 64) + 1];

    internal static PlainGraph Create(int nodes, IReadOnlyList<int> from, IReadOnlyList<int> to)
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
        var targets = new int[to.Count];
        for (var i = 0; i < to.Count; i++)
        {
            targets[next[from[i]]++] = to[i];
        }

        return new PlainGraph(starts, targets);
    }

    internal int Count(int start)
    {
        Array.Clear(seen);
        queue[0] = start;
        seen[start >> 6] |= 1UL << (start & 63);
        var tail = 1;
        for (var head = 0; head < tail; head++)
        {
            var node = queue[head];
            for (var i = starts[node]; i < starts[node + 1]; i++)
            {
                var target = targets[i];
                if ((seen[target >> 6] & (1UL << (target & 63))) == 0)
                {
                    seen[target >> 6] |= 1UL << (target & 63);
                    queue[tail++] = target;
                }
            }
        }

        return tail - 1;
    }
}
