using System.Buffers.Binary;
using Aixv.Protocol.Lineage;

namespace Aixv.Bench.Rows;

/// <summary>A hub of models and datasets of a seed: models come from earlier ones, early ones far more often, and learn from datasets.</summary>
internal sealed class LineageWorld
{
    private ulong state;

    private LineageWorld(ulong seed) => state = seed;

    internal int Nodes { get; private init; }

    internal List<int> Children { get; } = [];

    internal List<int> Parents { get; } = [];

    /// <summary>Datasets are numbered first; a model has one to three parents and mostly one dataset.</summary>
    internal static LineageWorld Create(int models, int datasets, ulong seed)
    {
        var world = new LineageWorld(seed) { Nodes = models + datasets };
        for (var model = 1; model < models; model++)
        {
            for (var i = 1 + world.Below(3); i > 0; i--)
            {
                var parent = (int)(model * Math.Pow(world.Unit(), 3));
                world.Add(datasets + model, datasets + parent);
            }

            if (datasets > 0)
            {
                world.Add(datasets + model, world.Below(datasets));
            }
        }

        return world;
    }

    private void Add(int child, int parent)
    {
        Children.Add(child);
        Parents.Add(parent);
    }

    internal LineageGraph ToGraph()
    {
        var builder = new LineageGraphBuilder(Nodes, Children.Count);
        var source = builder.Source(new LineageSource("bench", SourceStatus.Verified, "training", new LineageSigner("bench@example.com", null)));
        Span<byte> key = stackalloc byte[32];
        for (var node = 0; node < Nodes; node++)
        {
            Key(node, key);
            builder.Node(key);
        }

        for (var i = 0; i < Children.Count; i++)
        {
            builder.AddEdge(Children[i], Parents[i], EdgeKind.DerivedFrom, EdgeRelation.FineTune, source);
        }

        return builder.Build();
    }

    /// <summary>Stands for a digest: spread evenly, and known from the number.</summary>
    internal static void Key(int node, Span<byte> key)
    {
        var mix = new LineageWorld((ulong)node);
        for (var i = 0; i < 32; i += 8)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(key[i..], mix.Next());
        }
    }

    private double Unit() => (Next() >> 11) / (double)(1UL << 53);

    internal int Below(int end) => (int)(Next() % (ulong)end);

    private ulong Next()
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
