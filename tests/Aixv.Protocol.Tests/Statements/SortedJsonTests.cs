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

    [Theory]
    [InlineData("7b2261223a22ff227d")]
    [InlineData("7b22ff223a317d")]
    [InlineData("7b2261223a225c7564383030227d")]
    [InlineData("7b225c7544383030223a317d")]
    [InlineData("7b2261223a5b7b2262223a225c7564633030227d5d7d")]
    public void Strings_that_are_not_text_are_refused_when_they_are_read(string hex) =>
        Assert.Throws<FormatException>(() => SortedJson.ParseObject(Convert.FromHexString(hex), "x", 1000));

    [Fact]
    public void Deep_and_long_texts_are_refused()
    {
        var deep = $"{string.Concat(Enumerable.Repeat("{\"a\":", 100))}1{new string('}', 100)}";
        Assert.Throws<FormatException>(() => SortedJson.ParseObject(Encoding.UTF8.GetBytes(deep), "x", 10_000));
        Assert.Contains("at most 10", Assert.Throws<FormatException>(() => SortedJson.ParseObject(new byte[11], "x", 10)).Message);
    }

    /// <summary>A text that was read is written as one that was made, however it was escaped.</summary>
    [Theory]
    [InlineData("plain ü€\U0001F600\u007f\u2028", "plain ü€\U0001F600\u007f\u2028")]
    [InlineData(@"\u0000\u001f\b\f\n\r\t", @"\u0000\u001f\u0008\u000c\n\r\t")]
    [InlineData(@"\/\""\\\u0041\u00e9", @"/\""\\Aé")]
    [InlineData(@"ends in \\", @"ends in \\")]
    [InlineData("", "")]
    public void Only_what_must_be_escaped_is(string read, string written)
    {
        var value = JsonNode.Parse($"\"{read}\"")!;
        Assert.Equal($"\"{written}\"", Encoding.UTF8.GetString(SortedJson.Serialize(value)));
        Assert.Equal($"\"{written}\"", Encoding.UTF8.GetString(SortedJson.Serialize(JsonValue.Create(value.GetValue<string>()))));
        Assert.Equal($$"""{"{{written}}":1}""", Encoding.UTF8.GetString(SortedJson.Serialize(new JsonObject { [value.GetValue<string>()] = 1 })));
    }

    [Fact]
    public void What_grew_beyond_the_first_buffer_is_whole()
    {
        var long1 = new string('€', 5000);
        var list = new JsonArray([.. Enumerable.Range(0, 2000).Select(i => (JsonNode)i), (JsonNode)long1, (JsonNode)true, null]);
        Assert.Equal($"[{string.Join(',', Enumerable.Range(0, 2000))},\"{long1}\",true,null]", Encoding.UTF8.GetString(SortedJson.Serialize(list)));
    }

    [Fact]
    public void A_lone_surrogate_is_refused()
    {
        foreach (var text in (string[])["a\ud800", "\udc00", "\ud800\n\udc00"])
        {
            Assert.Throws<FormatException>(() => SortedJson.Serialize(JsonValue.Create(text)));
            Assert.Throws<FormatException>(() => SortedJson.Serialize(new JsonObject { [text] = 1 }));
        }
    }
}
