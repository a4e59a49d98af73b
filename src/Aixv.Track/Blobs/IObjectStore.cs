namespace Aixv.Track.Blobs;

/// <summary>Named objects that are written whole and never change: S3 and what speaks like it.</summary>
internal interface IObjectStore : IDisposable
{
    /// <summary>Returns when the object is durable. The same again changes nothing.</summary>
    /// <exception cref="IOException">The store failed.</exception>
    Task PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>An object, or a part of it; null when there is none.</summary>
    /// <exception cref="IOException">The store failed.</exception>
    Task<ReadOnlyMemory<byte>?> GetAsync(string name, (long Offset, int Length)? part, CancellationToken cancellationToken);

    /// <summary>The names that begin with <paramref name="prefix"/> and come after another, in their order.</summary>
    /// <exception cref="IOException">The store failed.</exception>
    IAsyncEnumerable<string> ListAsync(string prefix, string after, CancellationToken cancellationToken);
}
