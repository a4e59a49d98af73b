namespace Aixv.Protocol.Lineage;

/// <summary>The outcome of a deep verification: every ancestor once, breadth first, the artifact itself first.</summary>
/// <param name="Nodes">The proof tree; shared ancestors appear once and are pointed to by place.</param>
/// <param name="Cycles">Cycles among the nodes, each by places.</param>
/// <param name="Contradictions">Contradictions about the nodes.</param>
public sealed record DeepProof(
    IReadOnlyList<ProofNode> Nodes, IReadOnlyList<IReadOnlyList<int>> Cycles, IReadOnlyList<LineageContradiction> Contradictions)
{
    /// <summary>Whether every ancestor is attested by trusted signers, and none is recalled.</summary>
    public bool Holds => WeakestLink.Standing == ProofStanding.Attested;

    /// <summary>The node with the least standing; of several, the nearest.</summary>
    public ProofNode WeakestLink => Nodes.MinBy(n => n.Standing)!;

    /// <summary>From the artifact down to <paramref name="place"/>: a shortest way, by places.</summary>
    public IReadOnlyList<int> PathTo(int place)
    {
        var from = new Dictionary<int, int> { [0] = 0 };
        var queue = new Queue<int>([0]);
        while (queue.TryDequeue(out var at))
        {
            foreach (var parent in Nodes[at].Parents.Where(p => from.TryAdd(p, at)))
            {
                queue.Enqueue(parent);
            }
        }

        var path = new List<int> { place };
        while (path[^1] != 0)
        {
            path.Add(from[path[^1]]);
        }

        path.Reverse();
        return path;
    }
}
