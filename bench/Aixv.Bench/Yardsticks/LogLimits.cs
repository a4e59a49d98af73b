using System.Security.Cryptography;
using Aixv.Bench.Measuring;

namespace Aixv.Bench.Yardsticks;

/// <summary>What no durable log can be faster than: writing batches to this disk with one sync each, and hashing a tree in one thread.</summary>
internal static class LogLimits
{
    /// <summary>Entries a second, written <paramref name="batch"/> at a time.</summary>
    internal static double GroupCommit(string folder, int entries, int entryBytes, int batch)
    {
        var path = Path.Combine(folder, "group-commit");
        using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write, options: FileOptions.DeleteOnClose);
        var block = RandomNumberGenerator.GetBytes(batch * entryBytes);
        return entries / CpuClock.Wall(() =>
        {
            for (var written = 0; written < entries; written += batch)
            {
                var count = Math.Min(batch, entries - written);
                RandomAccess.Write(handle, block.AsSpan(0, count * entryBytes), (long)written * entryBytes);
                RandomAccess.FlushToDisk(handle);
            }
        });
    }

    /// <summary>Entries a second: each costs one leaf and one node (RFC 6962 §2.1).</summary>
    internal static double Hashing(int entries, int entryBytes)
    {
        var leaf = new byte[1 + entryBytes];
        var node = new byte[1 + 2 * SHA256.HashSizeInBytes];
        node[0] = 1;
        return entries / CpuClock.Wall(() =>
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            for (var i = 0; i < entries; i++)
            {
                leaf[1] = (byte)(i & 0xff);
                SHA256.HashData(leaf, hash);
                hash.CopyTo(node.AsSpan(1));
                SHA256.HashData(node, hash);
            }
        });
    }
}
