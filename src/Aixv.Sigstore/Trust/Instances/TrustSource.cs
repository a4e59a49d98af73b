namespace Aixv.Sigstore.Trust.Instances;

/// <summary>Where trust material came from.</summary>
public enum TrustSource
{
    /// <summary>The instance's TUF repository, just now.</summary>
    Fetched = 1,

    /// <summary>An earlier update, on disk.</summary>
    Cached,

    /// <summary>The copy that ships with the program.</summary>
    Embedded,
}
