using System.Security.Cryptography;
using System.Text;
using Aixv.Protocol.Receipts;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Receipts;

public sealed class EntryLeafTests
{
    private static readonly byte[] Statement = "the statement"u8.ToArray();
    private static readonly byte[] Salt = SHA256.HashData("salt"u8);

    [Fact]
    public void A_public_leaf_is_two_lines_with_the_statement_s_hash()
    {
        var leaf = EntryLeaf.Public(Statement);
        Assert.Equal($"aixv-entry/v1\nsha256:{Convert.ToHexStringLower(SHA256.HashData(Statement))}\n", Encoding.ASCII.GetString(leaf.ToBytes()));
        Assert.True(leaf.Holds([], Statement));
        Assert.False(leaf.Holds(Salt, Statement));
        Assert.False(leaf.Holds([], "other"u8));
    }

    [Fact]
    public void A_private_leaf_is_the_hash_of_salt_and_statement_and_says_nothing_else()
    {
        var leaf = EntryLeaf.Salted(Salt, Statement);
        byte[] both = [.. Salt, .. Statement];
        Assert.Equal($"aixv-entry/v1\nsalted-sha256:{Convert.ToHexStringLower(SHA256.HashData(both))}\n", Encoding.ASCII.GetString(leaf.ToBytes()));
        Assert.True(leaf.Holds(Salt, Statement));
        Assert.False(leaf.Holds([], both));
        // A shorter salt must not pass the rest of it off as statement.
        Assert.False(leaf.Holds(both.AsSpan(0, 31), both.AsSpan(31)));
        Assert.Throws<ArgumentException>(() => EntryLeaf.Salted(both.AsSpan(0, 31), Statement));
    }

    [Fact]
    public void What_monitors_need_is_sorted_and_escaped()
    {
        var (a, b) = (Digest.Of("a"u8), Digest.Of("b"u8));
        var leaf = EntryLeaf.Public(Statement, "model.attested", [a, b, a], ["z@example.org", "ünïcode\nline 50%"]);
        Assert.Equal(
            ["kind model.attested", $"artifact {b}", $"artifact {a}", "signer %C3%BCn%C3%AFcode%0Aline%2050%25", "signer z@example.org", ""],
            Encoding.ASCII.GetString(leaf.ToBytes()).Split('\n')[2..]);
        Assert.Equal(leaf, EntryLeaf.Parse(leaf.ToBytes()));
        Assert.Equal(["ünïcode\nline 50%", "z@example.org"], EntryLeaf.Parse(leaf.ToBytes()).Signers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("aixv-entry/v1\n")]
    [InlineData("aixv-entry/v2\nHASH\n")]
    [InlineData("aixv-entry/v1\nHASH")]
    [InlineData("aixv-entry/v1\r\nHASH\n")]
    [InlineData("aixv-entry/v1\n HASH\n")]
    [InlineData("aixv-entry/v1\nHASH\n\n")]
    [InlineData("aixv-entry/v1\nsalted-HASH\nkind x\n")]
    [InlineData("aixv-entry/v1\nHASH\nkind X\n")]
    [InlineData("aixv-entry/v1\nHASH\nkind \n")]
    [InlineData("aixv-entry/v1\nHASH\nkind a\nkind b\n")]
    [InlineData("aixv-entry/v1\nHASH\nartifact HASH\nkind a\n")]
    [InlineData("aixv-entry/v1\nHASH\nartifact HASH\nartifact HASH\n")]
    [InlineData("aixv-entry/v1\nHASH\nsigner a%20\nsigner %61\n")]
    [InlineData("aixv-entry/v1\nHASH\nsigner a%2z\n")]
    [InlineData("aixv-entry/v1\nHASH\nsigner a%2\n")]
    [InlineData("aixv-entry/v1\nHASH\nsigner %FF\n")]
    [InlineData("aixv-entry/v1\nHASH\nother\n")]
    [InlineData("aixv-entry/v1\nUPPER\n")]
    [InlineData("aixv-entry/v1\nBARE\n")]
    public void Every_leaf_has_one_spelling(string text)
    {
        var digest = Digest.Of(Statement);
        var bytes = Encoding.ASCII.GetBytes(text
            .Replace("HASH", digest.ToString(), StringComparison.Ordinal)
            .Replace("UPPER", $"sha256:{digest.Hex.ToUpperInvariant()}", StringComparison.Ordinal)
            .Replace("BARE", digest.Hex, StringComparison.Ordinal));
        Assert.False(EntryLeaf.TryParse(bytes, out _, out _));
    }

    [Fact]
    public void A_leaf_that_no_log_would_take_is_not_made()
    {
        Assert.Throws<ArgumentException>(() => EntryLeaf.Public(Statement, "Two words"));
        Assert.Throws<ArgumentException>(() => EntryLeaf.Public(Statement, null, [.. Enumerable.Range(0, 200).Select(i => Digest.Of([(byte)i]))]));
    }
}
