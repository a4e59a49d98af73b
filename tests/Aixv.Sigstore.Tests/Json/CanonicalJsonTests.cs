using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Json;

namespace Aixv.Sigstore.Tests.Json;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("{\"b\":1,\"a\":[true,false,null]}", "{\"a\":[true,false,null],\"b\":1}")]
    [InlineData("{\"\\u20ac\":1,\"\\r\":2,\"1\":3,\"\\ud83d\\ude00\":4,\"\\ufb33\":5}", "{\"\\r\":2,\"1\":3,\"€\":1,\"😀\":4,\"\ufb33\":5}")]
    [InlineData("[\"\\u20ac$\\u000F\\nA'B\\\"\\\\\\\\\\\"/+<>\"]", "[\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/+<>\"]")]
    [InlineData("[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,-0,1e21,1e20,9007199254740993,0.1,1e-6,1e-7,123456789012]",
        "[333333333.3333333,1e+30,4.5,0.002,1e-27,0,1e+21,100000000000000000000,9007199254740992,0.1,0.000001,1e-7,123456789012]")]
    public void Serialize_follows_RFC_8785(string input, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Serialize(JsonNode.Parse(input))));
}
