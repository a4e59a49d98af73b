using Aixv.Protocol.Lineage;
using Aixv.Track.Advisories;
using Aixv.Track.Indexing;

namespace Aixv.Track.Artifacts;

/// <summary>An advisory that names an artifact or comes to it.</summary>
/// <param name="Stored">Who published it.</param>
/// <param name="Published">What it says, and who signed that.</param>
/// <param name="IsCertain">Whether the artifact is affected by the protocol's rules, or may be.</param>
/// <param name="Path">From what it names to the artifact; empty where it names the artifact.</param>
internal sealed record ReachingAdvisory(StoredRecord Stored, PublishedAdvisory Published, bool IsCertain, IReadOnlyList<ReachStep> Path);
