using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Hubs;

/// <summary>A file of a hub's repository.</summary>
/// <param name="Size">In bytes, of the file itself.</param>
/// <param name="Sha256">Of the file itself, as the hub says; null where it is kept in git and has no such digest.</param>
internal sealed record HubFile(string Path, long Size, Digest? Sha256);
