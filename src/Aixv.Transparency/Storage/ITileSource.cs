namespace Aixv.Transparency.Storage;

/// <summary>Where the files of a C2SP tlog-tiles log are read from: a disk, a server.</summary>
public interface ITileSource
{
    /// <summary>The bytes of <c>checkpoint</c> or of a <see cref="Tiles.TilePath"/>, or null when there is none.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default);
}
