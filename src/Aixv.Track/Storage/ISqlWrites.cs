using Aixv.Track.Indexing;

namespace Aixv.Track.Storage;

/// <summary>Runs small statements that write, each by itself.</summary>
internal interface ISqlWrites
{
    /// <summary>Runs the work on a connection that may write, in one transaction.</summary>
    /// <exception cref="IOException">The database failed; nothing was written.</exception>
    ValueTask<T> RunAsync<T>(Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken);
}
