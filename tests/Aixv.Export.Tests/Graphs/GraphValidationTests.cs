namespace Aixv.Export.Tests.Graphs;

/// <summary>Every graph of every sample, through the official schema or somebody else's program.</summary>
public sealed class GraphValidationTests
{
    [Fact]
    public void PROV_JSON_fits_the_schema()
    {
        using var documents = new SampleDocuments("prov-json");
        Outside.Node("ajv.mjs", ["04", Outside.Schema("prov/prov-json.schema.json"), .. documents.Paths]);
    }

    [Fact]
    public void PROV_JSON_is_loaded_by_python3_prov()
    {
        using var documents = new SampleDocuments("prov-json");
        Assert.Contains("records", Outside.Python("prov", "graphs.py", ["prov", .. documents.Paths]), StringComparison.Ordinal);
    }

    [Fact]
    public void PROV_JSONLD_fits_the_schema()
    {
        using var documents = new SampleDocuments("prov-jsonld");
        Outside.Node("ajv.mjs", ["07", Outside.Schema("prov/prov-jsonld.schema.json"), .. documents.Paths]);
    }

    [Fact]
    public void PROV_O_is_loaded_by_rdflib_and_keeps_domains_ranges_and_disjointness()
    {
        using var documents = new SampleDocuments("prov-o-turtle");
        Assert.Contains("triples", Outside.Python("rdflib", "graphs.py", ["turtle", .. documents.Paths]), StringComparison.Ordinal);
    }

    [Fact]
    public void GraphML_is_loaded_by_networkx()
    {
        using var documents = new SampleDocuments("graphml");
        Assert.Contains("8 nodes, 8 edges", Outside.Python("networkx", "graphs.py", ["graphml", .. documents.Paths]), StringComparison.Ordinal);
    }

    /// <summary>The schemas name each other by addresses on the web; here they lie in one folder.</summary>
    [Fact]
    public void GraphML_fits_the_schema()
    {
        var folder = Outside.Schema("graphml");
        using var schemas = new ManyDocuments();
        foreach (var path in Directory.EnumerateFiles(folder, "*.xsd").Append(Outside.Schema("datacite-4.6/include/xml.xsd")))
        {
            var text = File.ReadAllText(path).Replace("http://graphml.graphdrawing.org/xmlns/1.1/", "", StringComparison.Ordinal).Replace("http://www.w3.org/2001/xml.xsd", "xml.xsd", StringComparison.Ordinal);
            schemas.Add(System.Text.Encoding.UTF8.GetBytes(text), Path.GetFileName(path));
        }

        using var documents = new SampleDocuments("graphml");
        Outside.Program("xmllint", ["--nonet", "--noout", "--schema", schemas.Paths.Single(p => Path.GetFileName(p) == "graphml.xsd"), .. documents.Paths]);
    }

    [Fact]
    public void GEXF_fits_the_schema()
    {
        using var documents = new SampleDocuments("gexf");
        Outside.Program("xmllint", ["--nonet", "--noout", "--schema", Outside.Schema("gexf/gexf.xsd"), .. documents.Paths]);
    }

    [Fact]
    public void DOT_is_drawn_by_graphviz()
    {
        using var documents = new SampleDocuments("dot");
        Assert.All(documents.Paths, path => Assert.Contains("</svg>", Outside.Program("dot", "-Tsvg", path), StringComparison.Ordinal));
    }

    [Fact]
    public void Mermaid_is_parsed_by_mermaid()
    {
        using var documents = new SampleDocuments("mermaid");
        Assert.Contains("8 nodes, 8 edges", Outside.Node("mermaid.mjs", [.. documents.Paths]), StringComparison.Ordinal);
    }

    [Fact]
    public void Cytoscape_loads_the_elements()
    {
        using var documents = new SampleDocuments("cytoscape-json");
        Assert.Contains("8 nodes, 8 edges", Outside.Node("cytoscape.mjs", [.. documents.Paths]), StringComparison.Ordinal);
    }

    [Fact]
    public void JGF_fits_the_schema()
    {
        using var documents = new SampleDocuments("jgf");
        Outside.Node("ajv.mjs", ["07", Outside.Schema("jgf/json-graph-schema_v2.json"), .. documents.Paths]);
    }

    [Fact]
    public void OpenLineage_events_and_facets_fit_their_schemas()
    {
        using var documents = new SampleDocuments("openlineage");
        Outside.Python("jsonschema", "folder_schema.py", [Outside.Schema("openlineage/OpenLineage.json"), Outside.Schema("openlineage/facets"), .. documents.Paths]);
    }

    [Fact]
    public void RO_Crate_uses_terms_of_its_context()
    {
        using var documents = new SampleDocuments("ro-crate");
        Outside.Python("json", "linked.py", ["context", Outside.Schema("ro-crate/context-1.2.jsonld"), .. documents.Paths]);
    }
}
