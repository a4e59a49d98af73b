using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Aixv.Protocol.Lineage;

/// <summary>Writes and reads the index file. What is read is what the same user's key sealed, or nothing.</summary>
internal static class GraphFile
{
    /// <summary>Writes a file of its own name and gives it <paramref name="path"/>; a reader sees the old file or the new one, whole.</summary>
    /// <param name="mark">Kept for the caller.</param>
    internal static void Write(string path, LineageGraph graph, long mark, IndexKey key)
    {
        RequireLittleEndian();
        var temporary = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                Write(file, GraphSections.Of(graph), mark, key);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Write(SafeFileHandle file, GraphSections sections, long mark, IndexKey key)
    {
        var nonce = GraphSeal.NewFile();
        using var seal = new GraphSeal(key, nonce);
        var header = new byte[GraphFormat.HeaderLength];
        BinaryPrimitives.WriteUInt64LittleEndian(header, GraphFormat.Magic);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), nonce);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), mark);
        long[] lengths = [.. Enumerable.Range(0, GraphFormat.Sections).Select(i => (long)sections.Bytes(i).Length)];
        MemoryMarshal.AsBytes<long>(lengths).CopyTo(header.AsSpan(24));

        var count = lengths.Sum(SealCount);
        var seals = new byte[(count + 1) * GraphSeal.Length];
        seal.Seal(0, header, seals.AsSpan(0, GraphSeal.Length));
        var (position, number) = (header.LongLength + seals.Length, 1);
        for (var i = 0; i < GraphFormat.Sections; i++)
        {
            var bytes = sections.Bytes(i);
            RandomAccess.Write(file, bytes, position);
            position += bytes.Length;
            for (; bytes.Length > 0; number++)
            {
                var chunk = bytes[..Math.Min(GraphFormat.ChunkLength, bytes.Length)];
                seal.Seal(number, chunk, seals.AsSpan(number * GraphSeal.Length, GraphSeal.Length));
                bytes = bytes[chunk.Length..];
            }
        }

        RandomAccess.Write(file, header, 0);
        RandomAccess.Write(file, seals, header.Length);
    }

    /// <summary>The graph of a file; null when there is none, or it is damaged, of another layout, or not sealed with <paramref name="key"/>.</summary>
    internal static LineageGraph? TryRead(string path, IndexKey key, out long mark)
    {
        RequireLittleEndian();
        mark = 0;
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Read(file, key, out mark);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            return null;
        }
    }

    private static LineageGraph Read(SafeFileHandle file, IndexKey key, out long mark)
    {
        var header = new byte[GraphFormat.HeaderLength];
        Fill(file, header, 0);
        if (BinaryPrimitives.ReadUInt64LittleEndian(header) != GraphFormat.Magic)
        {
            throw new InvalidDataException("another layout");
        }

        using var seal = new GraphSeal(key, BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(8)));
        var first = new byte[GraphSeal.Length];
        Fill(file, first, header.Length);
        if (!seal.IsIntact(0, header, first))
        {
            throw new InvalidDataException("not sealed with this key");
        }

        // From here on the lengths are those that this user's own process wrote.
        mark = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(16));
        var lengths = MemoryMarshal.Cast<byte, long>(header.AsSpan(24)).ToArray();
        var seals = new byte[(lengths.Sum(SealCount) + 1) * GraphSeal.Length];
        if (RandomAccess.GetLength(file) != header.Length + seals.Length + lengths.Sum())
        {
            throw new InvalidDataException("cut off");
        }

        Fill(file, seals, header.Length);
        var sections = new GraphSections();
        var (position, number) = ((long)header.Length + seals.Length, 1);
        for (var i = 0; i < GraphFormat.Sections; i++)
        {
            for (var rest = sections.Allocate(i, lengths[i]); rest.Length > 0; number++)
            {
                var chunk = rest[..Math.Min(GraphFormat.ChunkLength, rest.Length)];
                Fill(file, chunk, position);
                if (!seal.IsIntact(number, chunk, seals.AsSpan(number * GraphSeal.Length, GraphSeal.Length)))
                {
                    throw new InvalidDataException("damaged");
                }

                position += chunk.Length;
                rest = rest[chunk.Length..];
            }
        }

        return sections.ToGraph();
    }

    private static int SealCount(long length) => (int)((length + GraphFormat.ChunkLength - 1) / GraphFormat.ChunkLength);

    private static void Fill(SafeFileHandle file, Span<byte> buffer, long position)
    {
        while (buffer.Length > 0)
        {
            var read = RandomAccess.Read(file, buffer, position);
            if (read == 0)
            {
                throw new InvalidDataException("cut off");
            }

            buffer = buffer[read..];
            position += read;
        }
    }

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("The lineage index is read and written on little-endian machines only.");
        }
    }
}
