using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Formats;
using Aixv.Export.Importing;

namespace Aixv.Export.Tests.Attestations;

/// <summary>Documents that anybody may have changed: looking at them never fails otherwise than by saying what is wrong.</summary>
public sealed class HostileDocumentTests
{
    private static readonly string[] Formats =
    [
        "oms-statement", "slsa-provenance-v1", "slsa-provenance-v0.2", "slsa-vsa-v1", "in-toto-svr", "in-toto-scai", "in-toto-reference", "in-toto-test-result", "in-toto-vulns",
        "in-toto-link", "in-toto-statement", "sigstore-bundle", "dsse", "w3c-vc", "aixv",
    ];

    private static readonly string[] Values = ["null", "1", "true", "\"\"", "\"x\"", "[]", "{}", "[null]", "[1,\"a\"]", "{\"\":null}", "1e400", "\"sha256:\""];

    public static TheoryData<string> AllFormats => [.. Formats];

    /// <summary>Every member becomes every other kind of value, one at a time (each place with one of the values in turn).</summary>
    [Theory, MemberData(nameof(AllFormats))]
    public void Nothing_in_a_document_makes_a_check_or_an_import_fail(string format)
    {
        var original = Encoding.UTF8.GetString(ExportedBytes.Of(format, Samples.Recalled));
        var places = Count(JsonNode.Parse(original)!);
        var step = Math.Max(1, places / 120);
        for (var place = 0; place < places; place += step)
        {
            var document = JsonNode.Parse(original)!;
            var left = place;
            Replace(document, ref left, Values[place % Values.Length]);
            var probe = new DocumentProbe(Encoding.UTF8.GetBytes(document.ToJsonString()), null);
            foreach (var exporter in Exporters.Recognize(probe))
            {
                Assert.All(exporter.Faults(probe), fault => Assert.NotEmpty(fault));
            }

            try
            {
                EvidenceReaders.Read(probe);
            }
            catch (FormatException)
            {
                // That is how a reader refuses.
            }
        }
    }

    [Theory]
    [InlineData("{\"_type\":\"\\ud800\"}")]
    [InlineData("{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicateType\":\"https://slsa.dev/provenance/v1\",\"subject\":[{\"name\":\"\\udc00\"}]}")]
    public void Half_a_surrogate_pair_is_no_text(string json)
    {
        var probe = new DocumentProbe(Encoding.UTF8.GetBytes(json), null);
        Assert.Null(probe.Json);
        Assert.Contains("no text", probe.Fault, StringComparison.Ordinal);
        Assert.Empty(Exporters.Recognize(probe));
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    [InlineData("eyJ0eXAiOiJ2Yytqd3QifQ.e30.e30")]
    [InlineData("eyJ0eXAiOiJ2Yytqd3QiLCJ4NWMiOlsiIl19.e30.e30")]
    [InlineData("eyJ0eXAiOiJ2Yytqd3QiLCJqd2siOnsia3R5IjoiUlNBIn19.e30.e30")]
    [InlineData("c2sp.org/tlog-proof@v1\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra\nindex 99999999999999999999\n\n\n")]
    public void Nothing_in_a_text_makes_a_check_fail(string text)
    {
        var probe = new DocumentProbe(Encoding.UTF8.GetBytes(text), null);
        foreach (var exporter in Exporters.Recognize(probe))
        {
            Assert.NotEmpty(exporter.Faults(probe));
        }
    }

    private static int Count(JsonNode? node) => node switch
    {
        JsonObject members => 1 + members.Sum(m => Count(m.Value)),
        JsonArray items => 1 + items.Sum(Count),
        _ => 1,
    };

    /// <summary>Replaces the descendant that comes after <paramref name="left"/> others.</summary>
    private static bool Replace(JsonNode? node, ref int left, string value)
    {
        foreach (var name in node is JsonObject members ? members.Select(m => m.Key).ToList() : [])
        {
            if (left-- == 0)
            {
                node![name] = JsonNode.Parse(value);
                return true;
            }

            if (Replace(node![name], ref left, value))
            {
                return true;
            }
        }

        for (var i = 0; node is JsonArray items && i < items.Count; i++)
        {
            if (left-- == 0)
            {
                items[i] = JsonNode.Parse(value);
                return true;
            }

            if (Replace(items[i], ref left, value))
            {
                return true;
            }
        }

        return false;
    }
}
