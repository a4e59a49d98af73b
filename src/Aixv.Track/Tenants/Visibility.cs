namespace Aixv.Track.Tenants;

/// <summary>Who sees what a tenant registers. It is chosen once: what was published cannot be taken back.</summary>
internal enum Visibility
{
    /// <summary>The tenant alone; the log's leaves are salted hashes.</summary>
    Private = 0,

    /// <summary>Everybody.</summary>
    Public = 1,
}
