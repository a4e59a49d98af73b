using Aixv.Track.Advisories;
using Aixv.Track.Indexing;

namespace Aixv.Track.Graphs;

/// <summary>That an advisory names a node or comes to it.</summary>
/// <param name="Published">The advisory.</param>
/// <param name="IsNamed">Whether it names the node itself.</param>
/// <param name="IsCertain">Whether signed statements lead to it; else it may be affected.</param>
/// <param name="Path">From the named node to this one.</param>
internal sealed record Recall(PublishedAdvisory Published, bool IsNamed, bool IsCertain, IReadOnlyList<NodeKey> Path);
