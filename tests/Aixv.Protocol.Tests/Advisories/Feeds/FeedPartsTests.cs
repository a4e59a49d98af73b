using System.Text;
using Aixv.Protocol.Advisories.Feeds;

namespace Aixv.Protocol.Tests.Advisories.Feeds;

public sealed class FeedPartsTests
{
    private static List<FeedPart> All(Stream feed)
    {
        var parts = new FeedParts(feed);
        var found = new List<FeedPart>();
        while (parts.Next() is { } part)
        {
            found.Add(part);
        }

        return found;
    }

    private static MemoryStream Of(string json) => new(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void Members_and_entries_come_one_by_one_whatever_the_pieces()
    {
        const string Json = """ { "schema" : "s", "entries" : [ {"a":[1,{"b":"]}"}]} , {} ], "snapshot":{"number":1} } """;
        foreach (var size in (int[])[1, 2, 7, 1000])
        {
            Assert.Equal(
                ["schema=\"s\"", """entries={"a":[1,{"b":"]}"}]}""", "entries={}", """snapshot={"number":1}"""],
                All(new DrippingStream(Encoding.UTF8.GetBytes(Json), size)).Select(p => $"{p.Name}={Encoding.UTF8.GetString(p.Json)}"));
        }
    }

    [Theory]
    [InlineData("[]", "advisory feed: an object is expected")]
    [InlineData("{\"entries\":{}}", "advisory feed: $.entries: expected a list")]
    [InlineData("{\"entries\":[],\"entries\":[]}", "advisory feed: $.entries: twice")]
    [InlineData("{\"schema\":1,\"schema\":1}", "advisory feed: $.schema: twice")]
    public void What_is_no_feed_is_refused(string json, string message) => Assert.Equal(message, Assert.Throws<FormatException>(() => All(Of(json))).Message);

    [Theory]
    [InlineData("")]
    [InlineData("{\"entries\":[{}")]
    [InlineData("{\"entries\":[{},]}")]
    [InlineData("{\"entries\":[]} x")]
    [InlineData("{\"entries\":[{\"a\":")]
    public void What_is_no_JSON_is_refused(string json) =>
        Assert.StartsWith("advisory feed: ", Assert.Throws<FormatException>(() => All(Of(json))).Message, StringComparison.Ordinal);

    [Fact]
    public void Memory_does_not_grow_with_the_feed()
    {
        var parts = new FeedParts(new EndlessFeed(2_000_000));
        var count = 0;
        while (parts.Next() is not null)
        {
            count++;
        }

        Assert.Equal(2_000_000, count);
        Assert.Equal(64 * 1024, parts.BufferBytes);
    }

    [Fact]
    public void An_entry_that_does_not_end_is_refused()
    {
        using var feed = new EndlessFeed(1, entryBytes: 9 * 1024 * 1024);
        Assert.Equal("advisory feed: an entry has more than 8388608 bytes", Assert.Throws<FormatException>(() => All(feed)).Message);
    }
}
