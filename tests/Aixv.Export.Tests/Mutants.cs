using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Tests;

/// <summary>A sample's document with one thing broken.</summary>
internal static class Mutants
{
    /// <summary>What the format's checks say of the document after one edit.</summary>
    /// <param name="edit">
    /// A path such as <c>runs.0.results.0.message</c>, and after <c>=</c> the JSON to put there; nothing removes the member.
    /// </param>
    public static IReadOnlyList<string> FaultsOf(string format, string sample, string edit)
    {
        var exporter = Exporters.Find(format)!;
        var document = SampleDocuments.Json(format, sample);
        Apply(document, edit);
        var probe = new DocumentProbe(Encoding.UTF8.GetBytes(document.ToJsonString()), null);
        Assert.True(exporter.Recognizes(probe), "the mutant is not recognised any more");
        return [.. exporter.Faults(probe)];
    }

    private static void Apply(JsonNode node, string edit)
    {
        var (path, value) = edit.Split('=', 2) is [var before, var after] ? (before, after) : (edit, "");
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
        {
            node = node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!;
        }

        if (node is JsonArray items)
        {
            items[int.Parse(steps[^1], CultureInfo.InvariantCulture)] = JsonNode.Parse(value);
        }
        else if (value.Length == 0)
        {
            Assert.True(node.AsObject().Remove(steps[^1]), $"there is no {path}");
        }
        else
        {
            node[steps[^1]] = JsonNode.Parse(value);
        }
    }
}
