using System.Text;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Tests.Checkpoints;

public sealed class CheckpointTests
{
    private const string Root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    [Theory]
    [InlineData("log.example\n0\n" + Root + "\n", 0, 0)]
    [InlineData("rekor.example - 1193050959916656506\n18446744073709551615\n" + Root + "\n", ulong.MaxValue, 0)]
    [InlineData("log.example\n7\n" + Root + "\nTimestamp: 1\nmore\n", 7, 2)]
    public void Checkpoints_are_read_and_printed(string text, ulong size, int extensions)
    {
        var checkpoint = Checkpoint.Parse(Bytes(text));
        Assert.Equal(text[..text.IndexOf('\n')], checkpoint.Origin);
        Assert.Equal(size, checkpoint.Size);
        Assert.Equal(MerkleTree.EmptyRoot, checkpoint.Root);
        Assert.Equal(extensions, checkpoint.Extensions.Length);
        Assert.Equal(Bytes(text), checkpoint.ToText());
    }

    [Theory]
    [InlineData("", "newline")]
    [InlineData("\n", "1 lines")]
    [InlineData("log.example\n0\n", "2 lines")]
    [InlineData("log.example\n0\n" + Root, "newline")]
    [InlineData("\n0\n" + Root + "\n", "origin")]
    [InlineData("log.example\n\n" + Root + "\n", "size")]
    [InlineData("log.example\n00\n" + Root + "\n", "size")]
    [InlineData("log.example\n01\n" + Root + "\n", "size")]
    [InlineData("log.example\n-1\n" + Root + "\n", "size")]
    [InlineData("log.example\n+1\n" + Root + "\n", "size")]
    [InlineData("log.example\n 1\n" + Root + "\n", "size")]
    [InlineData("log.example\n1 \n" + Root + "\n", "size")]
    [InlineData("log.example\n1\0\n" + Root + "\n", "size")]
    [InlineData("log.example\n1e3\n" + Root + "\n", "size")]
    [InlineData("log.example\n0x1\n" + Root + "\n", "size")]
    [InlineData("log.example\n18446744073709551616\n" + Root + "\n", "size")]
    [InlineData("log.example\n1\n\n", "root")]
    [InlineData("log.example\n1\nAAAA\n", "root")]
    [InlineData("log.example\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n", "root")]
    [InlineData("log.example\n1\n47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=\n", "root")]
    [InlineData("log.example\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n", "root")]
    [InlineData("log.example\n1\n" + Root + " \n", "root")]
    [InlineData("log.example\n1\n" + Root + "\n\n", "extension")]
    [InlineData("log.example\n1\n" + Root + "\nx\n\ny\n", "extension")]
    public void Malformed_checkpoints_are_refused_for_the_reason(string text, string reason)
    {
        Assert.False(Checkpoint.TryParse(Bytes(text), out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Checkpoint.Parse(Bytes(text)));
    }

    [Theory]
    [InlineData("", "x")]
    [InlineData("a\nb", "x")]
    [InlineData("a", "")]
    [InlineData("a", "x\ny")]
    public void Checkpoints_that_cannot_be_read_back_are_not_printed(string origin, string extension) =>
        Assert.Throws<FormatException>(() => new Checkpoint(origin, 1, MerkleTree.EmptyRoot, [extension]).ToText());
}
