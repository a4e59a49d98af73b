using System.Runtime.CompilerServices;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Writing;

namespace Aixv.Transparency.Tests;

public sealed class ReadmeTests
{
    /// <summary>The README's example, word for word between the markers.</summary>
    [Fact]
    public async Task The_example_of_the_readme_works()
    {
        using var temporary = new TemporaryDirectory();
        var directory = temporary.FullPath;
        var cancellationToken = TestContext.Current.CancellationToken;

        // example
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var signer = new NoteSigner("log.example", key);
        var store = new FileTileStore(directory);
        await using var log = await TileLog.OpenAsync(store, signer, new TileLogOptions(), TimeProvider.System, cancellationToken);

        // Answered once the entry is on the disk and a published checkpoint covers it.
        var entry = await log.AppendAsync("hello"u8.ToArray(), cancellationToken);

        // Anyone can check it: the signature on the checkpoint, and the entry's way to its root.
        var signed = signer.Verifier.Check(entry.Checkpoint) == NoteVerdict.Valid;
        var root = Checkpoint.Parse(entry.Checkpoint.Text.Span).Root;
        var included = entry.Proof.Verify(MerkleTree.HashLeaf("hello"u8), root);
        // end

        Assert.True(signed && included);
    }

    [Fact]
    public void The_readme_shows_the_tested_example()
    {
        var source = ReadSource();
        var readme = Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "src", "Aixv.Transparency", "README.md");
        Assert.SkipUnless(File.Exists(readme), "the sources are not beside the tests");
        var lines = File.ReadLines(source).Select(line => line.Length > 8 ? line[8..] : "").ToList();
        var example = lines.GetRange(lines.IndexOf("// example") + 1, lines.IndexOf("// end") - lines.IndexOf("// example") - 1);
        Assert.Contains("```csharp\n" + string.Join('\n', example) + "\n```", File.ReadAllText(readme), StringComparison.Ordinal);
    }

    private static string ReadSource([CallerFilePath] string path = "") => path;
}
