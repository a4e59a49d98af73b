namespace Aixv.Export.Tests.Boms;

/// <summary>CycloneDX documents of every sample through CycloneDX's own library, its schemas, and its protobuf definitions.</summary>
public sealed class CycloneDxValidationTests
{
    private const string Schemas = "@cyclonedx/cyclonedx-library/res/schema";

    [Theory]
    [InlineData("1.6", "cyclonedx-1.6-json", "cyclonedx-1.6-mlbom", "cyclonedx-vex", "cyclonedx-attestations")]
    [InlineData("1.7", "cyclonedx-1.7-json", "cyclonedx-1.7-mlbom")]
    public void The_library_and_the_JSON_schema_accept_every_sample(string version, params string[] formats)
    {
        string[] names = [$"bom-{version}", "spdx", "jsf-0.82", .. version == "1.6" ? [] : new[] { "cryptography-defs" }];
        var schemas = string.Join(',', names.Select(name => Outside.Package($"{Schemas}/{name}.SNAPSHOT.schema.json")));
        var documents = Documents(formats);
        try
        {
            Outside.Node("cyclonedx.mjs", [schemas, .. documents.Select(d => d.Path)]);
        }
        finally
        {
            Dispose(documents);
        }
    }

    [Theory, InlineData("1.6"), InlineData("1.7")]
    public void The_XML_schema_accepts_every_sample(string version)
    {
        var schema = Outside.Package($"{Schemas}/bom-{version}.SNAPSHOT.xsd");
        var documents = Documents([$"cyclonedx-{version}-xml"]);
        try
        {
            Outside.Program("xmllint", ["--nonet", "--noout", "--schema", schema, .. documents.Select(d => d.Path)]);
        }
        finally
        {
            Dispose(documents);
        }
    }

    [Theory, InlineData("1.6"), InlineData("1.7")]
    public void Protobuf_reads_every_sample_without_unknown_fields(string version)
    {
        var lines = ReadProtobuf(version, Samples.Names);
        Assert.Equal(Samples.Names.Count, lines.Length);
        Assert.All(lines, line => Assert.Contains($"\"specVersion\": \"{version}\"", line, StringComparison.Ordinal));
    }

    /// <summary>What Google's reader finds in the protobuf documents of samples, one line of JSON for each.</summary>
    internal static string[] ReadProtobuf(string version, IEnumerable<string> samples)
    {
        var folder = Path.GetDirectoryName(Outside.Schema($"cyclonedx/bom-{version}.proto"))!;
        using var descriptors = Outside.Write([], ".bin");
        Outside.Program(
            "protoc",
            $"--proto_path={folder}",
            $"--proto_path={Path.Combine(Outside.Validators, "protos")}",
            "--include_imports",
            $"--descriptor_set_out={descriptors.Path}",
            $"bom-{version}.proto");
        var documents = samples.Select(s => Outside.Write(ExportedBytes.Of($"cyclonedx-{version}-protobuf", s), ".binpb")).ToList();
        try
        {
            return Outside
                .Python("google.protobuf", "protobuf_json.py", [descriptors.Path, $"cyclonedx.v{version.Replace('.', '_')}.Bom", .. documents.Select(d => d.Path)])
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            Dispose(documents);
        }
    }

    private static List<TemporaryDocument> Documents(IEnumerable<string> formats) =>
    [
        .. from format in formats
           from sample in Samples.Names
           let bytes = ExportedBytes.TryOf(Exporters.Find(format)!, sample)
           where bytes is not null
           select Outside.Write(bytes, Exporters.Find(format)!.Format.Extension),
    ];

    private static void Dispose(IEnumerable<TemporaryDocument> documents)
    {
        foreach (var document in documents)
        {
            document.Dispose();
        }
    }
}
