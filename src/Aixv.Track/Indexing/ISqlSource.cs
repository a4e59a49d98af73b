namespace Aixv.Track.Indexing;

/// <summary>Where <see cref="SqlIndex"/> gets connections from.</summary>
internal interface ISqlSource
{
    /// <summary>A connection that sees no more than these realms, where the database can see to that.</summary>
    ValueTask<SqlSession> OpenAsync(Realms realms, CancellationToken cancellationToken);
}
