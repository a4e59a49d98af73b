using Aixv.Track.Indexing;

namespace Aixv.Track.Graphs;

/// <summary>The addresses of pages.</summary>
internal static class Addresses
{
    public static string Of(NodeKey node) => node.Digest is { } digest ? $"/artifacts/{digest}" : $"/nodes?id={Uri.EscapeDataString(node.Text)}";
}
