namespace Aixv.Track.Lineage;

/// <summary>An array that grows without being copied: one writer, and readers meanwhile. What was never written is the default.</summary>
internal sealed class Chunks<T> where T : struct
{
    private const int Bits = 16;
    private const int Mask = (1 << Bits) - 1;
    private T[]?[] chunks = new T[16][];

    /// <summary>A place that the writer may fill; it is there from then on.</summary>
    public ref T Make(int index)
    {
        var chunk = index >> Bits;
        if (chunk >= chunks.Length)
        {
            var more = new T[]?[Math.Max(chunk + 1, chunks.Length * 2)];
            chunks.CopyTo(more, 0);
            Volatile.Write(ref chunks, more);
        }

        if (chunks[chunk] is null)
        {
            Volatile.Write(ref chunks[chunk], new T[1 << Bits]);
        }

        return ref chunks[chunk]![index & Mask];
    }

    /// <summary>Whether anything was ever made near it: only then <see cref="At"/> can be asked.</summary>
    public bool Has(int index) => Volatile.Read(ref chunks) is var all && index >> Bits < all.Length && Volatile.Read(ref all[index >> Bits]) is not null;

    /// <summary>A place that was made.</summary>
    public ref T At(int index) => ref Volatile.Read(ref chunks)[index >> Bits]![index & Mask];
}
