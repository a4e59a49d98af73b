namespace Aixv.Sigstore.Trust.Instances;

/// <summary>What is known of an instance without asking it.</summary>
/// <param name="Folder">Where its cache lies.</param>
/// <param name="InitialRootSha256">Lower-case hex; for a root of version 1 this is the fingerprint that <c>trust add</c> takes.</param>
/// <param name="Cached">The last update, if there was one.</param>
/// <param name="EmbeddedDate">The day of the copy that ships with the program, if there is one.</param>
public sealed record InstanceStatus(
    string Name,
    Uri Url,
    bool IsBuiltIn,
    string Folder,
    long InitialRootVersion,
    string InitialRootSha256,
    CachedTrust? Cached,
    DateTimeOffset? EmbeddedDate);
