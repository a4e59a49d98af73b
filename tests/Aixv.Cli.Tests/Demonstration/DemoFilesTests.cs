using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Aixv.Cli.Demonstration;

namespace Aixv.Cli.Tests.Demonstration;

public sealed class DemoFilesTests : IDisposable
{
    private readonly CliFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Fine_tuning_learns_and_is_the_same_every_time()
    {
        var (before, after) = DemoFiles.Write(folder.Path);
        Assert.True(after < before / 2, $"{before} to {after}");
        var first = File.ReadAllBytes(Path.Combine(folder.Path, DemoFiles.Tuned));
        DemoFiles.Write(folder.Path);
        Assert.Equal(first, File.ReadAllBytes(Path.Combine(folder.Path, DemoFiles.Tuned)));
        Assert.NotEqual(first, File.ReadAllBytes(Path.Combine(folder.Path, DemoFiles.Base)));
    }

    /// <summary>The rules of the format: header length, JSON header, tensors that cover the rest without gaps.</summary>
    [Theory, InlineData(DemoFiles.Base), InlineData(DemoFiles.Tuned)]
    public void Models_are_valid_safetensors(string name)
    {
        DemoFiles.Write(folder.Path);
        var file = File.ReadAllBytes(Path.Combine(folder.Path, name));
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        Assert.Equal(0, (8 + length) % 8);
        var header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        var end = 0;
        foreach (var (_, tensor) in header.Where(t => t.Key != "__metadata__").OrderBy(t => (int)t.Value!["data_offsets"]![0]!))
        {
            Assert.Equal("F32", (string?)tensor!["dtype"]);
            Assert.Equal(end, (int)tensor["data_offsets"]![0]!);
            end += tensor["shape"]!.AsArray().Aggregate(sizeof(float), (size, n) => size * (int)n!);
            Assert.Equal(end, (int)tensor["data_offsets"]![1]!);
        }

        Assert.Equal(file.Length, 8 + length + end);
        Assert.Equal(65 * sizeof(float), end);
    }

    [Theory]
    [InlineData("plain-1.json", "plain-1.json")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's $HOME", "'it'\\''s $HOME'")]
    public void Words_are_quoted_for_the_shell(string word, string quoted) => Assert.Equal(quoted, Shell.Quote(word));
}
