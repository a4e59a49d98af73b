using System.Globalization;
using System.Runtime.CompilerServices;

namespace Aixv.Track.Blobs;

/// <summary>Packs as objects, one for each batch. Any number of nodes write: each pack has a number of its own.</summary>
/// <param name="objects">Where.</param>
/// <param name="nextNumber">Numbers that are never given twice.</param>
internal sealed class ObjectBlobStore(IObjectStore objects, Func<CancellationToken, ValueTask<long>> nextNumber) : IBlobStore
{
    private const string Folder = "blobs/";
    private const string Suffix = ".pack";

    private static string NameOf(long pack) => $"{Folder}{pack.ToString("D19", CultureInfo.InvariantCulture)}{Suffix}";

    public async ValueTask<BlobLocation[]> WriteAsync(IReadOnlyList<Blob> blobs, CancellationToken cancellationToken)
    {
        var length = BlobHead.Magic.Length + blobs.Sum(b => (long)BlobHead.Length + b.Content.Length);
        var pack = new byte[checked((int)length)];
        BlobHead.Magic.CopyTo(pack);
        var number = await nextNumber(cancellationToken);
        var places = new BlobLocation[blobs.Count];
        var offset = BlobHead.Magic.Length;
        for (var i = 0; i < places.Length; i++)
        {
            BlobHead.Write(pack.AsSpan(offset, BlobHead.Length), blobs[i]);
            offset += BlobHead.Length;
            blobs[i].Content.Span.CopyTo(pack.AsSpan(offset));
            places[i] = new BlobLocation(number, offset, blobs[i].Content.Length);
            offset += blobs[i].Content.Length;
        }

        await objects.PutAsync(NameOf(number), pack, cancellationToken);
        return places;
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(BlobLocation location, CancellationToken cancellationToken)
    {
        if (location.Length == 0)
        {
            return default;
        }

        var content = await objects.GetAsync(NameOf(location.Pack), (location.Offset, location.Length), cancellationToken);
        return content is { } found && found.Length == location.Length
            ? found
            : throw new InvalidDataException($"track: {NameOf(location.Pack)} has no {location.Length} bytes at offset {location.Offset}");
    }

    public async IAsyncEnumerable<StoredBlob> ScanAsync(BlobLocation? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = after is { } last ? NameOf(last.Pack - 1) : "";
        await foreach (var name in objects.ListAsync(Folder, first, cancellationToken))
        {
            if (!name.EndsWith(Suffix, StringComparison.Ordinal)
                || !long.TryParse(name.AsSpan(Folder.Length, name.Length - Folder.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var pack)
                || await objects.GetAsync(name, null, cancellationToken) is not { } content)
            {
                continue;
            }

            var from = after is { } place && place.Pack == pack ? place.Offset + place.Length : 0;
            await foreach (var (offset, blob) in BlobHead.ReadAllAsync(new MemoryStream(content.ToArray()), from, cancellationToken))
            {
                yield return new StoredBlob(new BlobLocation(pack, offset, blob.Content.Length), blob);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        objects.Dispose();
        return ValueTask.CompletedTask;
    }
}
