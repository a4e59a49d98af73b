namespace Aixv.Export.Tests.Attestations;

/// <summary>Statements, envelopes and bundles by their own definitions, in other people's parsers.</summary>
public sealed class StatementSchemaTests
{
    private static readonly string[] Statements =
    [
        "slsa-provenance-v1", "slsa-provenance-v0.2", "slsa-vsa-v1", "in-toto-svr", "in-toto-release", "in-toto-scai", "in-toto-reference", "in-toto-test-result", "in-toto-vulns",
        "in-toto-link", "oms-statement", "in-toto-statement",
    ];

    [Fact]
    public void Statements_are_protobuf_messages_without_unknown_members()
    {
        // What somebody signed is exported as it is, and the hostile claim has a number that no protobuf value holds.
        using var documents = Documents(from format in Statements from sample in Samples.Names where (format, sample) != ("in-toto-statement", Samples.Hostile) select (format, sample));
        Outside.Program("protoc", "--version");
        Outside.Python("google.protobuf", "protos.py", [Schemas("in-toto"), "statement", .. documents.Paths]);
    }

    [Theory]
    [InlineData("envelope", "dsse")]
    [InlineData("bundle", "sigstore-bundle")]
    public void Envelopes_and_bundles_are_protobuf_messages_without_unknown_members(string kind, string format)
    {
        using var documents = Documents(Samples.Names.Select(sample => (format, sample)));
        Outside.Program("protoc", "--version");
        Outside.Python("google.protobuf", "protos.py", [Schemas(kind == "bundle" ? "sigstore" : "dsse"), kind, .. documents.Paths]);
    }

    [Fact]
    public void Model_signing_statements_fit_their_JSON_Schema()
    {
        using var documents = Documents(Samples.Names.Select(sample => ("oms-statement", sample)));
        Outside.Node("ajv.mjs", ["2020", $"{Outside.Schema("oms/statement.schema.json")},{Outside.Schema("oms/predicate.schema.json")}", .. documents.Paths]);
    }

    [Fact]
    public void Credentials_fit_their_JSON_Schema_and_are_linked_data()
    {
        using var documents = Documents(Samples.Names.Select(sample => ("w3c-vc", sample)));
        Outside.Node("ajv.mjs", ["2020", Outside.Schema("vc/verifiable-credential-schema.json"), .. documents.Paths]);
        Outside.Python("rdflib", "credential.py", [Outside.Schema("vc/credentials-v2.jsonld"), .. documents.Paths]);
    }

    [Fact]
    public void Dossiers_fit_the_JSON_Schema_in_the_documentation()
    {
        using var documents = Documents(Samples.Names.Select(sample => ("aixv", sample)));
        Outside.Node("ajv.mjs", ["2020", Path.Combine(Samples.Folder, "..", "..", "docs", "exports", "aixv-dossier.v1.json"), .. documents.Paths]);
    }

    private static string Schemas(string folder) => Path.GetDirectoryName(Outside.Schema(folder))!;

    private static ManyDocuments Documents(IEnumerable<(string Format, string Sample)> wanted)
    {
        var documents = new ManyDocuments();
        foreach (var (format, sample) in wanted)
        {
            if (ExportedBytes.TryOf(Exporters.Find(format)!, sample) is { } bytes)
            {
                documents.Add(bytes, $"{sample}-{format}.json");
            }
        }

        return documents;
    }
}
