using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Tests.Tiles;

public sealed class EntryBundleTests
{
    private static readonly byte[] Two = [0, 1, 0xaa, 0, 0];

    [Fact]
    public void Entries_follow_their_big_endian_lengths()
    {
        Assert.True(EntryBundle.TryRead(Two, 2, out var entries));
        Assert.Equal([0xaa], entries.Value[0].ToArray());
        Assert.True(entries.Value[1].IsEmpty);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(257)]
    public void Another_number_of_entries_is_refused(int count) => Assert.False(EntryBundle.TryRead(Two, count, out _));

    [Theory]
    [InlineData("00")]
    [InlineData("0001")]
    [InlineData("0002aa")]
    [InlineData("0001aabb")]
    public void Bytes_missing_or_left_over_are_refused(string hex) =>
        Assert.False(EntryBundle.TryRead(Convert.FromHexString(hex), 1, out _));
}
