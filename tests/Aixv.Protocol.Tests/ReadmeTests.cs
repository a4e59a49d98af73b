using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests;

public sealed class ReadmeTests
{
    /// <summary>The README's example, word for word between the markers.</summary>
    [Fact]
    public void The_example_of_the_readme_works()
    {
        var (model, parent) = (Digest.Of("fine-tune"u8), Digest.Of("base"u8));

        // example
        var claim = new JsonObject
        {
            ["parent_models"] = new JsonArray(new JsonObject { ["digest"] = parent.ToString(), ["uri"] = "https://hub.example/org/base" }),
            ["datasets"] = new JsonArray(new JsonObject { ["uri"] = "https://hub.example/datasets/org/corpus" }),
        };

        // Valid, and worth as much as its weakest reference: the dataset has no digest yet.
        var check = PredicateCheck.Of("training", claim);
        var statement = new Statement([new StatementSubject("model.safetensors", model)], check.Predicate);
        // end

        Assert.Equal(EvidenceTier.Described, check.Tier);
        Assert.Contains(check.Lifts, lift => lift.Contains("datasets[0]", StringComparison.Ordinal));
        Assert.Contains("https://aixv.org/attestation/training/v1", statement.ToJson().ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_shows_the_tested_example()
    {
        var source = ReadSource();
        var readme = Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "src", "Aixv.Protocol", "README.md");
        Assert.SkipUnless(File.Exists(readme), "the sources are not beside the tests");
        var lines = File.ReadLines(source).Select(line => line.Length > 8 ? line[8..] : "").ToList();
        var example = lines.GetRange(lines.IndexOf("// example") + 1, lines.IndexOf("// end") - lines.IndexOf("// example") - 1);
        Assert.Contains("```csharp\n" + string.Join('\n', example) + "\n```", File.ReadAllText(readme), StringComparison.Ordinal);
    }

    private static string ReadSource([CallerFilePath] string path = "") => path;
}
