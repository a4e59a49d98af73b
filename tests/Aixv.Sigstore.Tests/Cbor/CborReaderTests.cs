using System.Formats.Cbor;
using FsCheck;
using FsCheck.Fluent;
using OurReader = Aixv.Sigstore.Cbor.CborReader;
using OurWriter = Aixv.Sigstore.Cbor.CborWriter;
using PeerReader = System.Formats.Cbor.CborReader;
using PeerWriter = System.Formats.Cbor.CborWriter;

namespace Aixv.Sigstore.Tests.Cbor;

public sealed class CborReaderTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20, 9);

    /// <summary>From RFC 8949 appendix A and F: items that are not well formed, or not of definite length.</summary>
    [Theory]
    [InlineData("", "ends where")]
    [InlineData("18", "1 are expected")]
    [InlineData("1b00000000000000", "8 are expected")]
    [InlineData("1c", "reserved length")]
    [InlineData("1f", "indefinite")]
    [InlineData("5f", "indefinite")]
    [InlineData("5f4101ff", "indefinite")]
    [InlineData("7fff", "indefinite")]
    [InlineData("9fff", "indefinite")]
    [InlineData("bfff", "indefinite")]
    [InlineData("ff", "break")]
    [InlineData("f800", "two bytes")]
    [InlineData("f81f", "two bytes")]
    [InlineData("fc", "reserved")]
    [InlineData("42ff", "2 are expected")]
    [InlineData("61ff", "UTF-8")]
    [InlineData("62c080", "UTF-8")]
    [InlineData("63eda080", "UTF-8")]
    [InlineData("8201", "ends too early")]
    [InlineData("9bffffffffffffffff", "ends too early")]
    [InlineData("bb7fffffffffffffff", "ends too early")]
    [InlineData("5b7fffffffffffffff", "9223372036854775807 are expected")]
    [InlineData("7b8000000000000000", "9223372036854775808 are expected")]
    [InlineData("a101", "ends too early")]
    [InlineData("a201020103", "twice")]
    [InlineData("c1", "ends where")]
    public void What_is_not_well_formed_is_refused(string hex, string because)
    {
        var e = Assert.Throws<FormatException>(() => new OurReader(Convert.FromHexString(hex), "test").ReadEncoded());
        Assert.Contains(because, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        byte[] Nested(int depth) => [.. Enumerable.Repeat((byte)0x81, depth), 0x01];
        new OurReader(Nested(OurReader.MaximumDepth), "test").ReadEncoded();
        Assert.Throws<FormatException>(() => new OurReader(Nested(OurReader.MaximumDepth + 1), "test").ReadEncoded());
        Assert.Throws<FormatException>(() => new OurReader(Nested(5_000_000), "test").ReadEncoded());
        Assert.Throws<FormatException>(() => new OurReader(Enumerable.Repeat((byte)0xc1, 5_000_000).ToArray(), "test").ReadEncoded());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(23)]
    [InlineData(24)]
    [InlineData(-24)]
    [InlineData(-25)]
    [InlineData(65535)]
    [InlineData(65536)]
    [InlineData(-65537)]
    [InlineData(4294967296)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void Integers_are_those_of_the_platform_s_codec(long value)
    {
        var peer = new PeerWriter(CborConformanceMode.Canonical);
        peer.WriteInt64(value);
        Assert.Equal(peer.Encode(), new OurWriter().WriteInteger(value).ToBytes());
        Assert.Equal(value, new OurReader(peer.Encode(), "test").ReadInteger());
    }

    [Fact]
    public void An_integer_beyond_64_bits_with_sign_is_refused()
    {
        foreach (var hex in (string[])["1b8000000000000000", "3b8000000000000000"])
        {
            Assert.Throws<FormatException>(() => new OurReader(Convert.FromHexString(hex), "test").ReadInteger());
        }
    }

    /// <summary>What we accept is accepted by the platform's codec, and the other way round but for what we refuse on purpose.</summary>
    [Fact]
    public void Any_bytes_are_well_formed_here_when_the_platform_says_so() => Check.One(Seeded, Prop.ForAll<byte[]>(bytes =>
    {
        var ours = Accepts(bytes);
        var theirs = PeerAccepts(bytes);
        return !ours || theirs;
    }));

    [Fact]
    public void Written_structures_are_read_by_the_platform_s_codec() => Check.One(Seeded, Prop.ForAll<byte[], int, bool>((bytes, number, flag) =>
    {
        var text = new string('é', (number & 0xff) + (flag ? 300 : 0));
        var ours = new OurWriter().WriteTag(18).WriteArray(4).WriteBytes(bytes).WriteText(text).WriteInteger(number).WriteNull().ToBytes();
        var peer = new PeerReader(ours, CborConformanceMode.Canonical);
        Assert.Equal((CborTag)18, peer.ReadTag());
        Assert.Equal(4, peer.ReadStartArray());
        Assert.Equal(bytes, peer.ReadByteString());
        Assert.Equal(text, peer.ReadTextString());
        Assert.Equal(number, peer.ReadInt32());
        peer.ReadNull();
        peer.ReadEndArray();
        return peer.BytesRemaining == 0;
    }));

    [Fact]
    public void Maps_are_sorted_by_the_bytes_of_their_keys()
    {
        // RFC 8949 §4.2.1's own list: 10, 100, -1, "z", "aa", [100], [-1], false.
        string[] sorted = ["0a", "1864", "20", "617a", "626161", "811864", "8120", "f4"];
        var map = new OurWriter()
            .WriteMap(sorted.Reverse().Select(k => KeyValuePair.Create(Convert.FromHexString(k), (ReadOnlyMemory<byte>)new byte[] { 0 }))).ToBytes();
        Assert.Equal("a8" + string.Concat(sorted.Select(k => k + "00")), Convert.ToHexStringLower(map));
        Assert.Throws<ArgumentException>(() => new OurWriter().WriteMap([KeyValuePair.Create(new byte[] { 1 }, default(ReadOnlyMemory<byte>)), KeyValuePair.Create(new byte[] { 1 }, default(ReadOnlyMemory<byte>))]));
    }

    private static bool Accepts(byte[] bytes)
    {
        try
        {
            var reader = new OurReader(bytes, "test");
            reader.ReadEncoded();
            return reader.IsAtEnd;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool PeerAccepts(byte[] bytes)
    {
        try
        {
            var reader = new PeerReader(bytes, CborConformanceMode.Lax);
            reader.SkipValue();
            return reader.BytesRemaining == 0;
        }
        // The platform's reader says InvalidOperation of reserved simple values.
        catch (Exception e) when (e is CborContentException or InvalidOperationException)
        {
            return false;
        }
    }
}
