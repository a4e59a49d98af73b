namespace Aixv.Sigstore.Artifacts;

/// <summary>How far a file is digested.</summary>
/// <param name="Done">Bytes digested.</param>
/// <param name="Total">The file's length in bytes; null for pipes and devices.</param>
public readonly record struct FileDigesterProgress(long Done, long? Total);
