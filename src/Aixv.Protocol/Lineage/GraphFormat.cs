namespace Aixv.Protocol.Lineage;

/// <summary>The index file: a header, then the graph's arrays one after the other as they lie in memory, little-endian (docs/lineage.md).</summary>
internal static class GraphFormat
{
    /// <summary>Changes with every change of the layout, and of what is read from records; a file of another layout is built anew.</summary>
    internal const ulong Magic = 0x3230_4E49_4C56_5841;

    /// <summary>The header: magic, 8 bytes of the sealing's nonce, 8 bytes of a caller's mark, and the byte lengths of the sections.</summary>
    internal const int HeaderLength = 24 + (8 * Sections);

    /// <summary>How many arrays a file has.</summary>
    internal const int Sections = 18;

    /// <summary>How much is sealed at once; small enough to be still in the processor's cache when it is checked.</summary>
    internal const int ChunkLength = 1 << 20;
}
