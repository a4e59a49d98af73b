using System.Text;

namespace Aixv.Protocol.Tests.Advisories.Feeds;

/// <summary>A feed of many entries that exists only while it is read.</summary>
internal sealed class EndlessFeed(long entries, int entryBytes = 4) : Stream
{
    private readonly byte[] entry = Encoding.ASCII.GetBytes($"{{\"{new string('a', entryBytes)}\":1}},");
    private byte[] piece = "{\"entries\":["u8.ToArray();
    private int at;
    private long written;
    private bool isClosed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (at == piece.Length)
        {
            if (written < entries)
            {
                written++;
                piece = written == entries ? entry[..^1] : entry;
            }
            else if (!isClosed)
            {
                isClosed = true;
                piece = "]}"u8.ToArray();
            }
            else
            {
                return 0;
            }

            at = 0;
        }

        var given = Math.Min(count, piece.Length - at);
        piece.AsSpan(at, given).CopyTo(buffer.AsSpan(offset));
        at += given;
        return given;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
