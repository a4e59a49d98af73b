using System.Text.Json.Nodes;
using Aixv.Cli.Output;

namespace Aixv.Cli.Tests.Output;

public sealed class JsonLineTests
{
    [Theory]
    [InlineData("""{"b":[1,2.50,true,null,{}],"a":{"d":"x","c":[]}}""", """{"a": {"c": [], "d": "x"}, "b": [1, 2.50, true, null, {}]}""")]
    [InlineData("""{"t":"é\n\u001b\"\\/<&😀"}""", """{"t": "\u00e9\n\u001b\"\\/<&\ud83d\ude00"}""")]
    public void It_is_one_line_sorted_and_in_ASCII(string json, string expected)
    {
        var output = new StringWriter();
        JsonLine.Write(output, JsonNode.Parse(json));
        Assert.Equal(expected, output.ToString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(output.ToString())));
    }
}
