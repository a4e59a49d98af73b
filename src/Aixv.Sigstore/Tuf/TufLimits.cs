namespace Aixv.Sigstore.Tuf;

/// <summary>Sizes and counts that hold whatever a repository says (TUF §5: W, X, Y and Z).</summary>
internal static class TufLimits
{
    internal const int Root = 512 * 1024;
    internal const int Timestamp = 64 * 1024;
    internal const int Snapshot = 2 * 1024 * 1024;
    internal const int Targets = 5 * 1024 * 1024;

    /// <summary>Targets are read into memory; Sigstore's are some kilobytes.</summary>
    internal const int TargetFile = 32 * 1024 * 1024;

    /// <summary>Root versions followed in one refresh.</summary>
    internal const int RootRotations = 256;

    /// <summary>Roles visited in the search for one target.</summary>
    internal const int Delegations = 32;

    internal const int JsonDepth = 32;
}
