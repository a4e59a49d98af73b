using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Aixv.Track.Indexing;

namespace Aixv.Track.Storage;

/// <summary>What a table of the index holds, as a count and a sum over all rows that does not depend on their order.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="Sum">The sum of the rows' SHA-256, cut to 128 bits.</param>
internal readonly record struct IndexDigest(long Count, UInt128 Sum)
{
    public static async Task<IndexDigest> OfAsync(SqlSession session, string table, CancellationToken cancellationToken)
    {
        var digest = default(IndexDigest);
        var row = new MemoryStream();
        await using var rows = await session.Command($"SELECT * FROM {table}").ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            row.SetLength(0);
            for (var i = 0; i < rows.FieldCount; i++)
            {
                Write(row, rows.GetValue(i));
            }

            var hash = SHA256.HashData(row.GetBuffer().AsSpan(0, (int)row.Length));
            digest = new IndexDigest(digest.Count + 1, unchecked(digest.Sum + BinaryPrimitives.ReadUInt128BigEndian(hash)));
        }

        return digest;
    }

    /// <summary>The same bytes for the same value, whichever database it comes from.</summary>
    private static void Write(MemoryStream row, object value)
    {
        var bytes = value switch
        {
            long number => Number(number),
            int number => Number(number),
            string text => Encoding.UTF8.GetBytes(text),
            byte[] raw => raw,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        row.Write(Number(bytes.Length));
        row.Write(bytes);
    }

    private static byte[] Number(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }
}
