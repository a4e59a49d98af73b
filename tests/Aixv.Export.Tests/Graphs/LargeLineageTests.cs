using System.Text;
using Aixv.Export.Formats;
using Aixv.Export.Reports;

namespace Aixv.Export.Tests.Graphs;

/// <summary>Lineages of up to a hundred thousand edges.</summary>
public sealed class LargeLineageTests
{
    [Theory]
    [InlineData("prov-json", 30_000)]
    [InlineData("prov-n", 30_000)]
    [InlineData("prov-o-turtle", 30_000)]
    [InlineData("prov-jsonld", 30_000)]
    [InlineData("graphml", 100_000)]
    [InlineData("gexf", 30_000)]
    [InlineData("dot", 30_000)]
    [InlineData("cytoscape-json", 30_000)]
    [InlineData("jgf", 30_000)]
    [InlineData("edges-csv", 100_000)]
    [InlineData("edges-ndjson", 100_000)]
    public void Graphs_are_written_in_constant_memory(string format, int edges)
    {
        var full = Samples.Dossier(Samples.Full);
        var dossier = full with { Lineage = new EndlessLineage(full.Artifact.Digest, edges) };
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var output = new MeasuringStream();
        Exporters.Find(format)!.Write(dossier, output);
        Assert.True(output.Written > 100 * edges, $"only {output.Written} bytes were written");
        // Other tests run meanwhile: what is allowed is far less than the document, and than the lineage in any form.
        Assert.InRange(output.Peak - before, long.MinValue, 16 * 1024 * 1024);
    }

    [Fact]
    public void The_picture_shows_what_matters_and_counts_the_rest()
    {
        var full = Samples.Dossier(Samples.Full);
        var picture = LineagePicture.Of(new EndlessLineage(full.Artifact.Digest, 5_000));
        Assert.True(picture.IsCollapsed);
        Assert.InRange(picture.Boxes.Count, 3, 60);
        Assert.Equal(2_500, picture.Ancestors);
        Assert.Equal(2_500, picture.Datasets);
        Assert.Contains(picture.Boxes, box => box.Node is { RecalledBy: ["ADV-1"] });
        Assert.Equal(5_001, picture.Boxes.Sum(box => box.Hidden?.Count ?? 1));
        Assert.Contains("more", Text("html-report", 5_000), StringComparison.Ordinal);
    }

    [Fact]
    public void A_flowchart_stays_within_what_renderers_take()
    {
        var text = Text("mermaid", 5_000);
        Assert.InRange(text.Length, 100, 50_000);
        Assert.Empty(Exporters.Find("mermaid")!.Faults(new DocumentProbe(Encoding.UTF8.GetBytes(text), null)));
    }

    private static string Text(string format, int edges)
    {
        var full = Samples.Dossier(Samples.Full);
        using var output = new MemoryStream();
        Exporters.Find(format)!.Write(full with { Lineage = new EndlessLineage(full.Artifact.Digest, edges) }, output);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
