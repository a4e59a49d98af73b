using Aixv.Protocol.Lineage;

namespace Aixv.Protocol.Tests.Lineage;

public sealed class GraphFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("aixv-graph-").FullName;
    private readonly IndexKey key = IndexKey.Create();

    private string FilePath => Path.Combine(folder, "lineage.bin");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(500)]
    public void What_is_written_is_read(int count)
    {
        var random = RandomLineage.Create(7, count, cyclic: true);
        GraphFile.Write(FilePath, random.Graph, 42, key);
        var read = GraphFile.TryRead(FilePath, key, out var mark);
        Assert.NotNull(read);
        Assert.Equal(42, mark);
        Assert.Equal((random.Graph.NodeCount, random.Graph.EdgeCount, random.Graph.SourceCount), (read.NodeCount, read.EdgeCount, read.SourceCount));
        for (var node = 0; node < read.NodeCount; node++)
        {
            Assert.Equal(random.Graph.Node(node), read.Node(node));
            Assert.Equal(random.Graph.Parents(node), read.Parents(node));
            Assert.Equal(random.Graph.Children(node), read.Children(node));
            Assert.Equal(node, read.Find(read.DigestOf(node)!));
            Assert.All(Enumerable.Range(0, read.Parents(node).Length), i => Assert.Equal(
                random.Graph.Source(random.Graph.ParentClaim(node, i)), read.Source(read.ParentClaim(node, i))));
        }

        Assert.Equal([FilePath], Directory.GetFiles(folder));
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_no_index()
    {
        GraphFile.Write(FilePath, RandomLineage.Create(3, 50).Graph, 0, key);
        var whole = File.ReadAllBytes(FilePath);
        for (var length = 0; length < whole.Length; length += 61)
        {
            File.WriteAllBytes(FilePath, whole.AsSpan(0, length));
            Assert.Null(GraphFile.TryRead(FilePath, key, out _));
        }

        File.WriteAllBytes(FilePath, [.. whole, 0]);
        Assert.Null(GraphFile.TryRead(FilePath, key, out _));
        File.WriteAllBytes(FilePath, whole);
        Assert.NotNull(GraphFile.TryRead(FilePath, key, out _));
    }

    [Fact]
    public void A_file_with_one_other_bit_is_no_index()
    {
        GraphFile.Write(FilePath, RandomLineage.Create(3, 50).Graph, 0, key);
        var whole = File.ReadAllBytes(FilePath);
        for (var at = 0; at < whole.Length; at += 37)
        {
            whole[at] ^= 4;
            File.WriteAllBytes(FilePath, whole);
            Assert.Null(GraphFile.TryRead(FilePath, key, out _));
            whole[at] ^= 4;
        }
    }

    [Fact]
    public void An_index_that_another_key_sealed_is_not_believed()
    {
        GraphFile.Write(FilePath, RandomLineage.Create(3, 50).Graph, 0, key);
        Assert.Null(GraphFile.TryRead(FilePath, IndexKey.Create(), out _));
    }

    [Fact]
    public void A_key_is_made_once_and_only_its_owner_reads_it()
    {
        var path = Path.Combine(folder, "state", "index.key");
        var made = IndexKey.LoadOrCreate(path);
        Assert.Equal(made.Bytes, IndexKey.LoadOrCreate(path).Bytes);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        File.WriteAllBytes(path, [1, 2, 3]);
        Assert.Equal(32, IndexKey.LoadOrCreate(path).Bytes.Length);
    }

    [Fact]
    public void A_row_of_4_edges_a_node_takes_at_most_16_bytes_an_edge_and_48_a_node()
    {
        var graph = RandomLineage.Create(5, 5000).Graph;
        Assert.True(graph.TopologyBytes <= (16L * graph.EdgeCount) + (48L * graph.NodeCount), $"{graph.TopologyBytes} bytes");
    }
}
