using Aixv.Track.Storage;

namespace Aixv.Track.Tests.Storage;

public sealed class TrackIdTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeMilliseconds(1_469_918_176_385);

    [Fact]
    public void An_id_has_two_spellings_of_the_same_bits()
    {
        var id = TrackId.New(Time);
        Assert.True(TrackId.TryParse(id.ToString(), out var fromUuid));
        Assert.True(TrackId.TryParse(id.ToUlid(), out var fromUlid));
        Assert.Equal((id, id), (fromUuid, fromUlid));
        Assert.Equal(7, id.ToGuid().Version);
    }

    /// <summary>The time of the ULID specification's own example is written 01ARYZ6S41.</summary>
    [Fact]
    public void A_ulid_begins_with_its_time() => Assert.StartsWith("01ARYZ6S41", TrackId.New(Time).ToUlid(), StringComparison.Ordinal);

    [Theory]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV", "01563e3a-b5d3-d676-4c61-efb99302bd5b")]
    [InlineData("maip-model:01ARZ3NDEKTSV4RRFFQ69G5FAV", "01563e3a-b5d3-d676-4c61-efb99302bd5b")]
    [InlineData("maip:550e8400:01arz3ndektsv4rrffq69g5fav", "01563e3a-b5d3-d676-4c61-efb99302bd5b")]
    [InlineData("rcpt_01ARZ3NDEKTSV4RRFFQ69G5FAV", "01563e3a-b5d3-d676-4c61-efb99302bd5b")]
    [InlineData("550E8400-E29B-41D4-A716-446655440000", "550e8400-e29b-41d4-a716-446655440000")]
    public void Every_form_is_read(string text, string uuid) => Assert.Equal(uuid, TrackId.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA")]
    [InlineData("81ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAU")]
    [InlineData("modelX01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("{550e8400-e29b-41d4-a716-446655440000}")]
    [InlineData("550e8400e29b41d4a716446655440000")]
    public void Nothing_else_is(string text) => Assert.False(TrackId.TryParse(text, out _));

    [Fact]
    public void Ids_sort_by_time()
    {
        var ids = Enumerable.Range(0, 100).Select(i => TrackId.New(Time.AddMilliseconds(i))).ToList();
        Assert.Equal(ids, ids.OrderByDescending(i => i.ToBytes(), Comparer<byte[]>.Create((a, b) => b.AsSpan().SequenceCompareTo(a))));
        Assert.Equal(ids, ids.Order());
    }
}
