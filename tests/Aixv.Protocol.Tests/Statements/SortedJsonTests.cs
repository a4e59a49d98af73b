using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Tests.Statements;

public sealed class SortedJsonTests
{
    [Theory]
    [InlineData("""{ "b": 1, "a": { "d": [ ], "c": null } }""", """{"a":{"c":null,"d":[]},"b":1}""")]
    [InlineData("""{"seed":9007199254740993,"rate":1.0,"small":1e-7}""", """{"rate":1.0,"seed":9007199254740993,"small":1e-7}""")]
    [InlineData("""{"é":"ü€","a":"<&'+"}""", """{"a":"<&'+","é":"ü€"}""")]
    [InlineData("{\"\\ufb33\":1,\"\\ud83d\\ude00\":2}", "{\"\ufb33\":1,\"\ud83d\ude00\":2}")]
    public void Members_are_sorted_and_numbers_stand_as_written(string input, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(SortedJson.Serialize(JsonNode.Parse(input))));

    [Theory]
    [InlineData("[]", "a JSON object is expected")]
    [InlineData("""{"a":1,"a":2}""", "not valid JSON")]
    [InlineData("""{"a":1,}""", "not valid JSON")]
    [InlineData("", "not valid JSON")]
    [InlineData("null", "a JSON object is expected")]
    public void What_is_no_object_is_refused(string text, string expected)
    {
        var e = Assert.Throws<FormatException>(() => SortedJson.ParseObject(Encoding.UTF8.GetBytes(text), "input.json", 1000));
        Assert.StartsWith("input.json: ", e.Message);
        Assert.Contains(expected, e.Message);
    }

    [Fact]
    public void Deep_and_long_texts_are_refused()
    {
        var deep = $"{string.Concat(Enumerable.Repeat("{\"a\":", 100))}1{new string('}', 100)}";
        Assert.Throws<FormatException>(() => SortedJson.ParseObject(Encoding.UTF8.GetBytes(deep), "x", 10_000));
        Assert.Contains("at most 10", Assert.Throws<FormatException>(() => SortedJson.ParseObject(new byte[11], "x", 10)).Message);
    }
}
