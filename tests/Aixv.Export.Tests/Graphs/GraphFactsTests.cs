using System.Text;
using System.Text.RegularExpressions;
using Aixv.Export.Formats;

namespace Aixv.Export.Tests.Graphs;

/// <summary>Every fact of the lineage that a graph format has a place for is in its documents, and broken documents are found.</summary>
public sealed class GraphFactsTests
{
    private static readonly string[] Whole = ["prov-json", "prov-n", "prov-o-turtle", "prov-jsonld", "graphml", "gexf", "dot", "cytoscape-json", "jgf"];

    public static TheoryData<string> WholeLineages => [.. Whole];

    [Theory, MemberData(nameof(WholeLineages))]
    public void Nodes_edges_tiers_recalls_and_log_entries_are_there(string format)
    {
        var dossier = Samples.Dossier(Samples.Recalled);
        var text = Text(format, Samples.Recalled);
        Assert.All(dossier.Lineage.Nodes, node => Assert.Contains(node.Digest is { } digest ? (format == "dot" ? $"n_{digest.Hex[..32]}" : digest.Hex) : node.Uri!, text, StringComparison.Ordinal));
        Assert.All(dossier.Lineage.Edges, edge => Assert.Contains(edge.RelationName, text, StringComparison.Ordinal));
        Assert.All((string[])["ADV-2026-0100", "ADV-2026-0101", "attested", "identified", "described", dossier.Bundle!.Digest.Hex], fact => Assert.Contains(fact, text, StringComparison.Ordinal));
        Assert.Matches("log_?[iI]ndex", text);
    }

    [Theory, InlineData("prov-json"), InlineData("prov-n"), InlineData("prov-o-turtle"), InlineData("prov-jsonld"), InlineData("openlineage"), InlineData("ro-crate")]
    public void The_run_its_inputs_and_its_signer_are_there(string format)
    {
        var dossier = Samples.Dossier(Samples.Full);
        var text = Text(format, Samples.Full);
        string[] facts =
        [
            "2026-03-01T08:00:00Z", "2026-03-02T20:30:00Z", "pytorch", "2.6.0", dossier.Run!.CodeDigest!.Hex, dossier.Run.EnvironmentDigest!.Hex, dossier.Signer!.Subject,
            .. dossier.Parents!.Value.Concat(dossier.Datasets!.Value).Select(r => r.Digest?.Hex ?? r.Uri!),
            .. dossier.Datasets.Value.Select(d => d.Split!),
        ];
        Assert.All(facts, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
        if (format != "ro-crate")
        {
            Assert.Contains("learning_rate", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Edges_as_records_carry_digest_address_split_and_log_index()
    {
        var csv = Text("edges-csv", Samples.Full);
        var dossier = Samples.Dossier(Samples.Full);
        var dataset = dossier.Datasets!.Value[0];
        Assert.Contains($"{dossier.Artifact.Digest},trained_on,{dataset.Digest},{dataset.Uri},train,true,", csv, StringComparison.Ordinal);
        var line = Text("edges-ndjson", Samples.Full).Split('\n').Single(l => l.Contains(dataset.Digest!.Hex, StringComparison.Ordinal));
        Assert.Matches(new Regex("\"uri\":\"https://.*\"split\":\"train\",\"attested\":true,.*\"log_index\":[0-9]+"), line);
        Assert.Equal(dossier.Lineage.Edges.Count(), Text("edges-ndjson", Samples.Full).Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("prov-json", "wasDerivedFrom._:r5_0.prov:usedEntity", "prov:usedEntity is expected")]
    [InlineData("prov-json", "prefix.sha256", "the prefix sha256 is not declared")]
    [InlineData("prov-jsonld", "@graph.0.@type", "has a @type")]
    [InlineData("prov-jsonld", "@graph.0.@id", "have an @id")]
    [InlineData("jgf", "graph.edges.0.source", "a source and a target")]
    [InlineData("jgf", "graph.colour=1", "no member colour")]
    [InlineData("cytoscape-json", "elements.edges.0.data.target=\"nowhere\"", "target is no node: nowhere")]
    [InlineData("cytoscape-json", "elements.nodes.0.data.id", "a node has no id")]
    [InlineData("ro-crate", "@graph.1.license", "has no license")]
    [InlineData("ro-crate", "@graph.0.conformsTo", "metadata descriptor")]
    [InlineData("ro-crate", "@graph.2.@id=\"./\"", "there twice")]
    public void A_broken_JSON_graph_is_found(string format, string edit, string expected) =>
        Assert.Contains(Mutants.FaultsOf(format, Samples.Full, edit), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("graphml", "edgedefault=\"directed\"", "edgedefault=\"sideways\"", "edgedefault")]
    [InlineData("graphml", "<key id=\"n_kind\"", "<key id=\"n_other\"", "no key n_kind")]
    [InlineData("graphml", "target=\"n_", "target=\"m_", "target is no node")]
    [InlineData("gexf", "version=\"1.3\"", "version=\"1.2\"", "version must be 1.3")]
    [InlineData("gexf", "<attribute id=\"tier\"", "<attribute id=\"other\"", "no attribute tier")]
    [InlineData("dot", "];\n}", "\n}", "closes nothing")]
    [InlineData("dot", "rankdir=RL, charset=\"UTF-8\"", "rankdir=RL, charset=\"UTF-8", "")]
    [InlineData("mermaid", "flowchart RL", "flowchart XX", "directions")]
    [InlineData("prov-n", "prefix agent <", "prefix other <", "prefix agent is not declared")]
    [InlineData("prov-n", "endDocument", "", "not each ended")]
    [InlineData("prov-n", "  entity(", "  thing(", "a record is expected")]
    [InlineData("prov-o-turtle", "@prefix agent:", "@prefix other:", "prefix agent is not declared")]
    [InlineData("prov-o-turtle", " ] .", " .", "not closed")]
    [InlineData("edges-csv", ",train,true", ",true", "7 fields")]
    [InlineData("edges-ndjson", "\"relation\":\"derived_from\",", "", "an edge has")]
    [InlineData("openlineage", "\"namespace\":\"aixv\",", "", "namespace is required")]
    public void A_broken_text_graph_is_found(string format, string whole, string broken, string expected)
    {
        var exporter = Exporters.Find(format)!;
        var text = Text(format, Samples.Full);
        Assert.Contains(whole, text, StringComparison.Ordinal);
        var probe = new DocumentProbe(Encoding.UTF8.GetBytes(text.Replace(whole, broken, StringComparison.Ordinal)), null);
        Assert.True(exporter.Recognizes(probe));
        Assert.Contains(exporter.Faults(probe), fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dot", "strict graph G { a -- b; /* [ */ label=<<b>x</b>>;\n# }\n }")]
    [InlineData("prov-n", "document\n default <http://a/>\n prefix ex <http://b/>\n entity(ex:e1, [prov:type='ex:T', ex:n=5])\n entity(e2)\n wasDerivedFrom(ex:e1, e2)\n activity(ex:a, 2011-11-16T16:05:00, -)\nendDocument")]
    [InlineData("prov-o-turtle", "PREFIX p: <http://www.w3.org/ns/prov#>\n<a> a p:Entity ; p:value \"\"\"x\"y\"\"\"@en, 'z', 1.5e3 ; p:wasDerivedFrom [ a p:Entity ], ( <b> ) . # [")]
    [InlineData("mermaid", "flowchart LR\nA-->B")]
    [InlineData("gexf", "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\"><graph><nodes><node id=\"a\"/><node id=\"b\"/></nodes><edges><edge source=\"a\" target=\"b\"/></edges></graph></gexf>")]
    [InlineData("jgf", "{\"graphs\":[{\"nodes\":{\"a\":{}}}]}")]
    [InlineData("openlineage", "{\"eventTime\":\"2020-01-01T00:00:00Z\",\"producer\":\"https://x.example\",\"schemaURL\":\"https://openlineage.io/spec/1-0-2/OpenLineage.json\",\"run\":{\"runId\":\"3f5e83fa-3480-44ff-99c5-ff943904e5e8\"},\"job\":{\"namespace\":\"a\",\"name\":\"b\"}}")]
    public void Documents_of_others_are_recognised_and_whole(string format, string document)
    {
        var probe = new DocumentProbe(Encoding.UTF8.GetBytes(document), null);
        Assert.True(Exporters.Find(format)!.Recognizes(probe));
        Assert.Empty(Exporters.Find(format)!.Faults(probe));
    }

    private static string Text(string format, string sample) => Encoding.UTF8.GetString(ExportedBytes.Of(format, sample));
}
