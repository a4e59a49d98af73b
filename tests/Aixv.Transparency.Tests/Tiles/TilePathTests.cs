using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Tests.Tiles;

public sealed class TilePathTests
{
    public static TheoryData<string, int?, ulong, int> Paths => new()
    {
        { "tile/0/000", 0, 0, 256 },
        { "tile/0/999", 0, 999, 256 },
        { "tile/0/x001/000", 0, 1000, 256 },
        { "tile/3/x001/x234/067", 3, 1234067, 256 },
        { "tile/3/x001/x234/067.p/8", 3, 1234067, 8 },
        { "tile/entries/x001/x234/067.p/255", null, 1234067, 255 },
        { "tile/entries/000.p/1", null, 0, 1 },
        { "tile/63/x018/x446/x744/x073/x709/x551/615", 63, ulong.MaxValue, 256 },
    };

    [Theory, MemberData(nameof(Paths))]
    public void Paths_are_read_and_written(string text, int? level, ulong index, int width)
    {
        var path = TilePath.Parse(text);
        Assert.Equal(level, path.Level);
        Assert.Equal(index, path.Index);
        Assert.Equal(width, path.Width);
        Assert.Equal(width < 256, path.IsPartial);
        Assert.Equal(text, path.ToString());
        Assert.Equal(path, level is { } l ? TilePath.Hashes(l, index, width) : TilePath.Entries(index, width));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile//000")]
    [InlineData("/tile/0/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/01/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001/x000")]
    [InlineData("tile/0/000/")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/08")]
    [InlineData("tile/0/000.p/1/2")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/../checkpoint")]
    [InlineData("tile/entries/..")]
    [InlineData("tile/data/000")]
    [InlineData("tile/0/x018/x446/x744/x073/x709/x551/616")]
    public void Other_spellings_are_refused(string text)
    {
        Assert.False(TilePath.TryParse(text, out _));
        Assert.Throws<FormatException>(() => TilePath.Parse(text));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(64, 1)]
    [InlineData(0, 0)]
    [InlineData(0, 257)]
    public void Tiles_that_cannot_be_are_not_made(int level, int width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TilePath.Hashes(level, 0, width));
}
