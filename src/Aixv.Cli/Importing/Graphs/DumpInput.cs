using System.IO.Compression;
using System.Security.Cryptography;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>The bytes of a dump, unpacked, with how many were taken and their digest so far: by that an import that was stopped knows its place again.</summary>
internal sealed class DumpInput : IDisposable
{
    /// <summary>As much of the beginning as an input is known by.</summary>
    public const int HeadBytes = 64 * 1024;

    private readonly Stream stream;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] buffer = new byte[1024 * 1024];
    private int start;
    private int end;

    private DumpInput(Stream stream) => this.stream = stream;

    /// <summary>How many bytes were taken.</summary>
    public long Position { get; private set; }

    /// <summary>Whether nothing more comes than is waiting.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>What was read and not taken.</summary>
    public ReadOnlyMemory<byte> Waiting => buffer.AsMemory(start, end - start);

    /// <summary>The SHA-256 of all that was taken.</summary>
    public string Digest => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Opens a stream, which may be packed by gzip.</summary>
    public static async Task<DumpInput> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[2];
        var count = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        var whole = new PrefixedStream(head.AsMemory(0, count), stream);
        var input = new DumpInput(count == 2 && head is [0x1f, 0x8b] ? new GZipStream(whole, CompressionMode.Decompress) : whole);
        while ((input.end < HeadBytes || !input.Waiting.Span.Contains((byte)'\n')) && input.end < DumpElements.MaximumElement && await input.ReadAsync(cancellationToken))
        {
        }

        return input;
    }

    /// <summary>Reads more; false at the end.</summary>
    /// <exception cref="FormatException">The packed data is damaged.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (IsAtEnd)
        {
            return false;
        }

        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        int count;
        try
        {
            count = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new FormatException($"the packed data is damaged: {e.Message}", e);
        }

        IsAtEnd = count == 0;
        end += count;
        return !IsAtEnd;
    }

    /// <summary>Takes bytes that are waiting.</summary>
    public void Take(int count)
    {
        hash.AppendData(buffer.AsSpan(start, count));
        start += count;
        Position += count;
    }

    /// <summary>Takes all up to a place, without a look at it.</summary>
    public async ValueTask<bool> SkipToAsync(long position, CancellationToken cancellationToken)
    {
        while (Position < position)
        {
            if (start == end && !await ReadAsync(cancellationToken))
            {
                return false;
            }

            Take((int)Math.Min(end - start, position - Position));
        }

        return true;
    }

    public void Dispose()
    {
        hash.Dispose();
        stream.Dispose();
    }
}
