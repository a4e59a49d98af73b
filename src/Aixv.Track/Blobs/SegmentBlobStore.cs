using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Aixv.Track.Blobs;

/// <summary>Blobs in files that only grow, one after another; one sync makes a whole batch durable.</summary>
/// <remarks>
/// A file <c>NUMBER.pack</c> begins with eight bytes <c>AIXVPAK1</c>; then, for each blob: length (4, big-endian), kind (1), CRC-32C of these five and
/// the content (4, big-endian), content. What a crash cut short at the end of a file is left there, and a new file begins.
/// </remarks>
internal sealed class SegmentBlobStore : IBlobStore
{
    private const string Suffix = ".pack";
    private const int ScanBuffer = 1 << 20;
    private readonly string folder;
    private readonly long maximumLength;
    private readonly ConcurrentDictionary<long, SafeFileHandle> readers = new();
    private SafeFileHandle? current;
    private long number;
    private long length;

    /// <param name="folder">Made when absent.</param>
    /// <param name="maximumLength">The length after which a new file begins.</param>
    public SegmentBlobStore(string folder, long maximumLength = 256L * 1024 * 1024)
    {
        (this.folder, this.maximumLength) = (folder, maximumLength);
        Directory.CreateDirectory(folder);
        number = Numbers().LastOrDefault();
    }

    private string PathOf(long pack) => Path.Combine(folder, pack.ToString("D10", CultureInfo.InvariantCulture) + Suffix);

    private List<long> Numbers()
    {
        var numbers = new List<long>();
        foreach (var file in Directory.EnumerateFiles(folder, "*" + Suffix))
        {
            if (long.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var found))
            {
                numbers.Add(found);
            }
        }

        numbers.Sort();
        return numbers;
    }

    public ValueTask<BlobLocation[]> WriteAsync(IReadOnlyList<Blob> blobs, CancellationToken cancellationToken)
    {
        if (current is null || length >= maximumLength)
        {
            StartNext();
        }

        var places = new BlobLocation[blobs.Count];
        var parts = new ReadOnlyMemory<byte>[2 * blobs.Count];
        var heads = new byte[BlobHead.Length * blobs.Count];
        var end = length;
        for (var i = 0; i < blobs.Count; i++)
        {
            var head = heads.AsMemory(BlobHead.Length * i, BlobHead.Length);
            BlobHead.Write(head.Span, blobs[i]);
            (parts[2 * i], parts[2 * i + 1]) = (head, blobs[i].Content);
            places[i] = new BlobLocation(number, end + BlobHead.Length, blobs[i].Content.Length);
            end += BlobHead.Length + blobs[i].Content.Length;
        }

        try
        {
            RandomAccess.Write(current!, parts, length);
            RandomAccess.FlushToDisk(current!);
        }
        catch
        {
            // What is on the disk now is unknown: the next batch goes elsewhere.
            current!.Dispose();
            current = null;
            throw;
        }

        length = end;
        return new(places);
    }

    private void StartNext()
    {
        current?.Dispose();
        current = null;

        // A number is used once, even where making its file fails halfway.
        number++;
        var handle = File.OpenHandle(PathOf(number), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite);
        try
        {
            RandomAccess.Write(handle, BlobHead.Magic, 0);
            RandomAccess.FlushToDisk(handle);
            FolderSync.Sync(folder);
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        (current, length) = (handle, BlobHead.Magic.Length);
    }

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(BlobLocation location, CancellationToken cancellationToken)
    {
        var content = new byte[location.Length];
        var done = 0;
        while (done < content.Length)
        {
            var read = RandomAccess.Read(ReaderOf(location.Pack), content.AsSpan(done), location.Offset + done);
            if (read == 0)
            {
                throw new InvalidDataException($"track: {PathOf(location.Pack)} ends before offset {location.Offset + location.Length}");
            }

            done += read;
        }

        return new(content);
    }

    private SafeFileHandle ReaderOf(long pack)
    {
        if (readers.TryGetValue(pack, out var handle))
        {
            return handle;
        }

        var opened = File.OpenHandle(PathOf(pack), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, FileOptions.RandomAccess);
        if (readers.TryAdd(pack, opened))
        {
            return opened;
        }

        opened.Dispose();
        return readers[pack];
    }

    public async IAsyncEnumerable<StoredBlob> ScanAsync(BlobLocation? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var pack in Numbers().Where(n => n >= (after?.Pack ?? 0)))
        {
            var file = new FileStream(PathOf(pack), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, ScanBuffer, FileOptions.SequentialScan);
            await using var _ = file;
            await foreach (var (offset, blob) in BlobHead.ReadAllAsync(file, after is { } last && last.Pack == pack ? last.Offset + last.Length : 0, cancellationToken))
            {
                yield return new StoredBlob(new BlobLocation(pack, offset, blob.Content.Length), blob);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        current?.Dispose();
        foreach (var reader in readers.Values)
        {
            reader.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
