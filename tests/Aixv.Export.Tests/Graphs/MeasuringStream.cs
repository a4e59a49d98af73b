namespace Aixv.Export.Tests.Graphs;

/// <summary>Throws away what is written, and looks at the memory in use every so often.</summary>
internal sealed class MeasuringStream : Stream
{
    private const long Step = 4 * 1024 * 1024;
    private long next = Step;

    public long Written { get; private set; }

    /// <summary>The most that was in use after a collection.</summary>
    public long Peak { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Written;

    public override long Position { get => Written; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Written += buffer.Length;
        if (Written >= next)
        {
            next = Written + Step;
            Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: true));
        }
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
