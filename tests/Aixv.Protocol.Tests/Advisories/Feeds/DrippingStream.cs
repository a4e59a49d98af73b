namespace Aixv.Protocol.Tests.Advisories.Feeds;

/// <summary>Gives a few bytes at a time.</summary>
internal sealed class DrippingStream(byte[] content, int size) : MemoryStream(content)
{
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, size));
}
