using Aixv.Transparency.Storage;

namespace Aixv.Transparency.Tests.Storage;

public sealed class FileTileStoreTests : TileStoreContract, IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    private protected override ITileStore Open() => new FileTileStore(directory.FullPath);

    [Fact]
    public void Public_names_are_the_files_paths()
    {
        var store = new FileTileStore(directory.FullPath);
        Assert.Equal(Path.Combine(directory.FullPath, "tile/0/x001/000.p/3"), store.FileOf("tile/0/x001/000.p/3"));
        Assert.Null(store.FileOf("lock"));
    }
}
