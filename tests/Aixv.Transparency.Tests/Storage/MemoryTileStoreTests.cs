using Aixv.Transparency.Storage;

namespace Aixv.Transparency.Tests.Storage;

/// <summary>The store that stands for a disk in other tests keeps the contract too.</summary>
public sealed class MemoryTileStoreTests : TileStoreContract
{
    private readonly MemoryTileStore store = new();

    private protected override ITileStore Open() => store;
}
