using System.Runtime.InteropServices;

namespace Aixv.Protocol.Lineage;

/// <summary>The arrays of a graph in the order of the index file.</summary>
internal sealed class GraphSections
{
    private readonly Array[] arrays = new Array[GraphFormat.Sections];

    internal static GraphSections Of(LineageGraph graph)
    {
        var sections = new GraphSections();
        Array[] all =
        [
            graph.Nodes.Keys, graph.Nodes.Flags, graph.Nodes.Order, graph.Nodes.Buckets,
            graph.ParentEdges.Starts, graph.ParentEdges.Targets, graph.ParentEdges.Claims,
            graph.ChildEdges.Starts, graph.ChildEdges.Targets, graph.ChildEdges.Claims,
            graph.Labels.Nodes, graph.Labels.Uris, graph.Labels.Names,
            graph.Sources.Rows, graph.Sources.Texts.Starts, graph.Sources.Texts.Utf8,
            graph.Facts.Subjects, graph.Facts.ToSection(),
        ];
        all.CopyTo(sections.arrays, 0);
        return sections;
    }

    internal Span<byte> Bytes(int section) => arrays[section] switch
    {
        byte[] bytes => bytes,
        int[] numbers => MemoryMarshal.AsBytes(numbers.AsSpan()),
        uint[] numbers => MemoryMarshal.AsBytes(numbers.AsSpan()),
        NodeFlags[] flags => MemoryMarshal.AsBytes(flags.AsSpan()),
        SourceRow[] rows => MemoryMarshal.AsBytes(rows.AsSpan()),
        var other => throw new System.Diagnostics.UnreachableException($"no section is a {other.GetType()}"),
    };

    /// <summary>Makes room for a section that is about to be read.</summary>
    internal Span<byte> Allocate(int section, long length)
    {
        arrays[section] = section switch
        {
            0 or 15 => GC.AllocateUninitializedArray<byte>(checked((int)length)),
            1 => GC.AllocateUninitializedArray<NodeFlags>(checked((int)length)),
            6 or 9 => GC.AllocateUninitializedArray<uint>(checked((int)(length / sizeof(uint)))),
            13 => new SourceRow[length / System.Runtime.CompilerServices.Unsafe.SizeOf<SourceRow>()],
            _ => GC.AllocateUninitializedArray<int>(checked((int)(length / sizeof(int)))),
        };
        return Bytes(section);
    }

    internal LineageGraph ToGraph() => new(
        new NodeTable((byte[])arrays[0], (NodeFlags[])arrays[1], (int[])arrays[2], (int[])arrays[3]),
        new EdgeTable((int[])arrays[4], (int[])arrays[5], (uint[])arrays[6]),
        new EdgeTable((int[])arrays[7], (int[])arrays[8], (uint[])arrays[9]),
        new LabelTable((int[])arrays[10], (int[])arrays[11], (int[])arrays[12]),
        new SourceTable((SourceRow[])arrays[13], new TextTable((int[])arrays[14], (byte[])arrays[15])),
        FactTable.OfSection((int[])arrays[16], (int[])arrays[17]));
}
