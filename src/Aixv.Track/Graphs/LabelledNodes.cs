namespace Aixv.Track.Graphs;

/// <summary>The labels of nodes, and the bundles that were seen on the way.</summary>
/// <param name="Labels">In the order of the nodes that were asked for.</param>
/// <param name="Bundles">Digests of bundles by the log index of their entries.</param>
internal sealed record LabelledNodes(IReadOnlyList<NodeLabel> Labels, IReadOnlyDictionary<long, string> Bundles);
