using Aixv.Cli.Publishing.Transport;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Fetching;

/// <summary>A file of a model somewhere else.</summary>
/// <param name="Path">As the place names it; not trusted.</param>
/// <param name="Size">As the place says; null where it does not.</param>
/// <param name="Digest">As the place says; null where it does not.</param>
/// <param name="Request">Asks for the bytes.</param>
internal sealed record RemoteFile(string Path, long? Size, Digest? Digest, PeerRequest Request);
