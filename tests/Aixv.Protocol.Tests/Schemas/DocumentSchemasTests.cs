using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Tests.Schemas;

/// <summary>Set <c>AIXV_WRITE_GOLDEN=1</c> to write the files anew, and read what changed.</summary>
public sealed class DocumentSchemasTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => [.. DocumentSchemas.All.Select(s => s.Name)];

    private static DocumentSchema Schema(string name) => DocumentSchemas.All.Single(s => s.Name == name);

    private static void SameAsFile(string path, JsonObject json)
    {
        var text = $"{json.ToJsonString(Readable)}\n";
        if (Environment.GetEnvironmentVariable("AIXV_WRITE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{path} is missing; write it with AIXV_WRITE_GOLDEN=1");
        Assert.Equal(File.ReadAllText(path), text);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_schema_that_is_shipped_is_the_one_of_the_code(string name) =>
        SameAsFile(Path.Combine(GoldenDocuments.SchemaFolder, $"{name}.json"), Schema(name).ToJson());

    [Theory, MemberData(nameof(Names))]
    public void The_golden_document_is_what_the_code_writes_and_reads(string name)
    {
        var document = GoldenDocuments.All[name];
        if (!name.EndsWith(GoldenDocuments.Answer, StringComparison.Ordinal))
        {
            SameAsFile(Path.Combine(GoldenDocuments.Folder, $"{name}.json"), document);
        }

        Assert.True(JsonNode.DeepEquals(document, Schema(name).Read(document)));
    }

    [Fact]
    public void No_other_schema_is_shipped() => Assert.Equal(
        DocumentSchemas.All.Select(s => $"{s.Name}.json").Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(GoldenDocuments.SchemaFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Fact]
    public void An_outside_validator_accepts_what_the_code_accepts_and_nothing_else()
    {
        var whyNot = OutsideValidator.WhyNot();
        Assert.SkipUnless(whyNot is null, whyNot ?? "");
        var cases = DocumentSchemas.All.Select(schema =>
        {
            var golden = GoldenDocuments.All[schema.Name];
            return (Schema: schema, Documents: (IReadOnlyList<JsonObject>)[golden, .. Mutants.Of(golden, 60)]);
        }).ToList();
        var answers = OutsideValidator.Validate([.. cases.Select(c => (c.Schema.ToJson(), c.Documents))]);
        for (var i = 0; i < cases.Count; i++)
        {
            Assert.Null(answers[i][0]);
            for (var j = 0; j < cases[i].Documents.Count; j++)
            {
                var own = Refusal(cases[i].Schema, cases[i].Documents[j]);
                Assert.True(
                    own is null == answers[i][j] is null,
                    $"{cases[i].Schema.Name}, mutant {j}: the code says '{own ?? "right"}', the validator '{answers[i][j] ?? "right"}'");
            }
        }
    }

    private static string? Refusal(DocumentSchema schema, JsonObject document)
    {
        try
        {
            schema.Read(document);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
