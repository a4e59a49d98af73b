using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>An artifact that an advisory reaches.</summary>
/// <param name="Digest">The artifact.</param>
/// <param name="Via">How it is reached first.</param>
/// <param name="Depth">In how many steps; 0 when named.</param>
/// <param name="From">From which artifact; null when named.</param>
public sealed record ReachedArtifact(Digest Digest, ReachVia Via, int Depth, Digest? From);
