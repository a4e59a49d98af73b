using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Storage;

/// <summary>Reads a log's public files from a folder that somebody else writes: a mirror, a backup, a log on this machine.</summary>
/// <param name="folder">Has <c>checkpoint</c> and <c>tile/</c>.</param>
public sealed class FolderTileSource(string folder) : ITileSource
{
    private readonly string root = Path.GetFullPath(folder);

    /// <exception cref="InvalidDataException">A file is longer than any of a log can be.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        // Only canonical names have files: none leads out of the folder.
        if (path != ITileStore.CheckpointPath && !TilePath.TryParse(path, out _))
        {
            return null;
        }

        try
        {
            var file = Path.Combine(root, path);
            return new FileInfo(file).Length <= TileShape.MaximumFile
                ? await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false)
                : throw new InvalidDataException($"log: {file} is longer than {TileShape.MaximumFile} bytes");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
