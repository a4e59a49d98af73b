using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>A node of the graph: an artifact by digest, or something that only has a URI or a name.</summary>
/// <param name="Digest">Null for a node that is only described.</param>
/// <param name="Uri">As the first record that names the node has it.</param>
/// <param name="Name">Likewise.</param>
/// <param name="IsSubject">Whether some record speaks of it as its subject; if not, its own parents are unknown.</param>
public sealed record LineageNode(Digest? Digest, string? Uri, string? Name, bool IsSubject)
{
    public override string ToString() => Digest?.ToString() ?? Uri ?? Name!;
}
