using System.Text;
using System.Text.Json;
using Aixv.Sigstore.Tuf;

namespace Aixv.Sigstore.Tests.Tuf;

public sealed class OlpcJsonTests
{
    private static byte[] Encode(string json) => OlpcJson.Encode(JsonDocument.Parse(json).RootElement);

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData(" [ ] ", "[]")]
    [InlineData("""{ "b": 1, "a": [true, false, null] }""", """{"a":[true,false,null],"b":1}""")]
    [InlineData("""{"B":1,"a":2,"":3,"aa":4}""", """{"":3,"B":1,"a":2,"aa":4}""")]
    [InlineData("""["\"\\\/\u0041"]""", """["\"\\/A"]""")]
    [InlineData("""["é\u00e9 \ud83d\ude00 <>&+'"]""", """["éé 😀 <>&+'"]""")]
    [InlineData("[-0, 0, -12, 12345678901234567890123]", "[0,0,-12,12345678901234567890123]")]
    public void The_form_is_that_of_the_definition(string json, string canonical) =>
        Assert.Equal(canonical, Encoding.UTF8.GetString(Encode(json)));

    [Fact]
    public void Control_characters_stand_unescaped() => Assert.Equal("[\"a\n\t\0\x7f\"]"u8.ToArray(), Encode("""["a\n\t\u0000\u007f"]"""));

    [Fact]
    public void Names_are_sorted_by_code_point_not_by_utf16_unit() =>
        Assert.Equal("""{"￿":1,"😀":2}""", Encoding.UTF8.GetString(Encode("""{"\ud83d\ude00":2,"\uffff":1}""")));

    [Theory]
    [InlineData("[1.0]")]
    [InlineData("[1e3]")]
    [InlineData("[-1.5]")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00":1}""")]
    public void What_has_no_canonical_form_is_refused(string json) => Assert.Throws<FormatException>(() => Encode(json));
}
