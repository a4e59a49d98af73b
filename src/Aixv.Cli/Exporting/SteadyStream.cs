namespace Aixv.Cli.Exporting;

/// <summary>
/// Passes on what is written, and has young garbage collected every so often. Formats stream; the runtime lets garbage grow to the size of the
/// processor's cache, a hundred megabytes on some, before it looks.
/// </summary>
internal sealed class SteadyStream(Stream inner) : Stream
{
    private const long Step = 16 * 1024 * 1024;
    private long next = GC.GetAllocatedBytesForCurrentThread() + Step;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        inner.Write(buffer);
        if (GC.GetAllocatedBytesForCurrentThread() >= next)
        {
            GC.Collect(0);
            next = GC.GetAllocatedBytesForCurrentThread() + Step;
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
