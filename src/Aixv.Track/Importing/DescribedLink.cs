using Aixv.Track.Indexing;

namespace Aixv.Track.Importing;

/// <summary>A described edge: the node came from <paramref name="Target"/>.</summary>
/// <param name="Relation">One of <see cref="DescribedWords.Relations"/>.</param>
internal sealed record DescribedLink(string Relation, NodeKey Target);
