namespace Aixv.Cli.Publishing.Fetching;

/// <summary>What became of a file.</summary>
internal enum FetchedState
{
    /// <summary>Verified, and put in its place.</summary>
    Placed,

    /// <summary>Verified, and it was there already.</summary>
    Verified,

    /// <summary>Verified, and not put in its place, for another file was refused.</summary>
    Held,

    /// <summary>No bundle is about it; it was asked for all the same.</summary>
    Unverified,

    /// <summary>Not verified, so not put in its place.</summary>
    Refused,
}
