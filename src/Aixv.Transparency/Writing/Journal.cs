using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Storage;

namespace Aixv.Transparency.Writing;

/// <summary>The journal that is being written.</summary>
internal sealed class Journal : IAsyncDisposable
{
    private readonly IJournal file;
    private readonly byte[] id;

    private Journal(IJournal file, byte[] id, ulong number, long length)
    {
        this.file = file;
        this.id = id;
        Number = number;
        Length = length;
    }

    /// <summary>The tree size that it goes on from.</summary>
    internal ulong Number { get; }

    internal long Length { get; private set; }

    internal static async ValueTask<Journal> CreateAsync(
        ITileStore store, SignedNote checkpoint, TileRows rows, CancellationToken cancellationToken)
    {
        var header = JournalHeader.Create(checkpoint, rows);
        var bytes = header.ToBytes();
        var file = await store.CreateJournalAsync(rows.Size, bytes, cancellationToken).ConfigureAwait(false);
        return new Journal(file, header.Id, rows.Size, bytes.Length);
    }

    /// <summary>Makes a batch and its checkpoint durable, together.</summary>
    internal async ValueTask AppendAsync(ulong firstIndex, AppendBatch batch, byte[] note, CancellationToken cancellationToken)
    {
        var parts = new List<ReadOnlyMemory<byte>>(batch.Chunks.Count + 1) { JournalFrame.Start(id, firstIndex, batch, note) };
        parts.AddRange(batch.Chunks.Select(chunk => chunk.Encoded(0, chunk.Count)));
        await file.AppendAsync(parts, cancellationToken).ConfigureAwait(false);
        Length += parts[0].Length + batch.Length;
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
