using Aixv.Track.Indexing;
using Aixv.Track.Lineage;

namespace Aixv.Track.Tests.Lineage;

/// <summary>The graph in memory against a simple one, and while it grows.</summary>
public sealed class EdgeChainsTests
{
    [Fact]
    public void Chains_hold_what_was_appended_in_its_order()
    {
        var chains = new EdgeChains();
        var (up, down) = (new Dictionary<int, List<int>>(), new Dictionary<int, List<int>>());
        var state = 1u;
        for (var i = 0; i < 20_000; i++)
        {
            state = unchecked((state * 1664525) + 1013904223);
            var (child, parent) = ((int)(state >> 16) % 3000, (int)(state >> 8) % 50);
            chains.Append(child, parent, 0, new Realm(16), isPublic: true, i);
            (up.TryGetValue(child, out var a) ? a : up[child] = []).Add(i);
            (down.TryGetValue(parent, out var b) ? b : down[parent] = []).Add(i);
        }

        var reading = chains.Read();
        foreach (var (isUp, expected) in new[] { (true, up), (false, down) })
        {
            foreach (var (node, edges) in expected)
            {
                Assert.Equal(edges, Walk(reading, node, isUp));
            }
        }

        Assert.Empty(Walk(reading, 5_000_000, true));
    }

    private static List<int> Walk(EdgeChains.Reading reading, int node, bool up)
    {
        var found = new List<int>();
        for (var edge = reading.First(node, up); edge >= 0; edge = reading.Next(edge, up))
        {
            found.Add(edge);
        }

        return found;
    }

    [Fact]
    public async Task Readers_see_whole_edges_while_a_writer_appends()
    {
        var (chains, numbers) = (new EdgeChains(), new NodeNumbers());
        using var done = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var seen = 0;
            while (!done.IsCancellationRequested || seen == 0)
            {
                var now = chains.Read();
                seen = 0;
                for (var edge = now.First(0, up: false); edge >= 0; edge = now.Next(edge, up: false))
                {
                    Assert.Equal(edge + 1, now[edge].Child);
                    seen++;
                }
            }
        }, TestContext.Current.CancellationToken);
        numbers.Number("root"u8);
        for (var i = 1; i <= 200_000; i++)
        {
            Assert.Equal(i, numbers.Number(BitConverter.GetBytes(i)));
            chains.Append(i, 0, 0, new Realm(16), isPublic: true, i);
        }

        await done.CancelAsync();
        await reading;
        Assert.Equal(0, numbers.Find("root"u8));
        Assert.Equal(77, numbers.Find(BitConverter.GetBytes(77)));
        Assert.Equal(-1, numbers.Find("nobody"u8));
        Assert.True(numbers.TryAlias("other"u8, 77));
        Assert.Equal(77, numbers.Find("other"u8));
        Assert.False(numbers.TryAlias("root"u8, 77));
    }
}
