using System.Security.Cryptography;
using Aixv.Protocol.Records;

namespace Aixv.Protocol.Lineage;

/// <summary>The secret with which a user's own index files are sealed. It lies outside every store, for stores are handed around.</summary>
public sealed class IndexKey
{
    private const int Length = 32;

    private IndexKey(byte[] bytes) => Bytes = bytes;

    internal byte[] Bytes { get; }

    /// <summary>A key that lives as long as the process.</summary>
    public static IndexKey Create() => new(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Reads the key of a file, which is made when there is none; only its owner can read it. An unusable file is replaced.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static IndexKey LoadOrCreate(string path)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (File.Exists(path) && new FileInfo(path).Length == Length)
            {
                return new IndexKey(File.ReadAllBytes(path));
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.Delete(path);
            NewFile.TryCreate(path, RandomNumberGenerator.GetBytes(Length));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        return new IndexKey(File.ReadAllBytes(path));
    }
}
