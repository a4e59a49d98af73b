using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>A file of the artifact, or a member of a bundle that it belongs to.</summary>
/// <param name="Name">A relative path with forward slashes. Untrusted text.</param>
/// <param name="Size">In bytes; null where it is not known.</param>
public sealed record FileFacts(string Name, Digest Digest, long? Size);
