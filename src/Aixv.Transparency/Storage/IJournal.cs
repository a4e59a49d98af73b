namespace Aixv.Transparency.Storage;

/// <summary>A file that only grows.</summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>Appends the parts one after another and returns when they would survive a power failure.</summary>
    ValueTask AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken = default);
}
