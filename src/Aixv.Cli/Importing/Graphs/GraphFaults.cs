using System.Collections.Immutable;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>What could not be read: all counted, the first ones kept.</summary>
internal sealed class GraphFaults
{
    private const int Kept = 20;
    private readonly List<string> first = [];

    public ImmutableArray<string> First => [.. first];

    public void Add(string fault)
    {
        if (first.Count < Kept)
        {
            first.Add(fault);
        }
    }
}
