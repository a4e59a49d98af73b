using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;

namespace Aixv.Track.Log;

/// <summary>The log's private key with its name, in one file of mode 0600: the origin in the first line, then a PKCS#8 PEM block.</summary>
/// <remarks>The origin is written beside the key because neither can change: they are what the log is known by.</remarks>
internal static class LogKeyFile
{
    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OthersMay = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Loads the key, or makes an Ed25519 key of this origin.</summary>
    /// <exception cref="IOException">It cannot be read, or others can read it.</exception>
    public static NoteSigner LoadOrCreate(string path, string origin)
    {
        if (!File.Exists(path))
        {
            Create(path, origin);
        }

        var (name, key) = Load(path);
        return new NoteSigner(name, key);
    }

    /// <summary>The key alone, for the other forms of receipts that it signs. The caller disposes of it.</summary>
    /// <exception cref="IOException">It cannot be read, or others can read it.</exception>
    public static SigningKey LoadKey(string path) => Load(path).Key;

    private static (string Name, SigningKey Key) Load(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersMay) != 0)
        {
            throw new IOException($"track: the private key {path} can be read by other users: run chmod 600 on it");
        }

        var text = File.ReadAllText(path);
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        try
        {
            var name = line < 0 ? "" : text[..line];
            var key = SigningKey.FromPem(text);
            _ = new NoteSigner(name, key);
            return (name, key);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new IOException($"track: the private key {path} cannot be read: {e.Message}", e);
        }
    }

    private static void Create(string path, string origin)
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var name = new NoteSigner(origin, key).Name;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Secret;
        }

        var temporary = $"{path}.tmp";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, options))
        {
            file.Write(Encoding.ASCII.GetBytes($"{name}\n{key.ToPem()}\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: false);
        Blobs.FolderSync.Sync(Path.GetDirectoryName(path)!);
    }
}
