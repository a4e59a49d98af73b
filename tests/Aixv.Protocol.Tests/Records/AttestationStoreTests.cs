using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Records;

public sealed class AttestationStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, 250, TimeSpan.Zero);
    private static readonly Digest Model = Digest.Of("model"u8);
    private readonly string folder = Directory.CreateTempSubdirectory("aixv-store-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private AttestationStore Store => new(Path.Combine(folder, ".aixv"));

    private static Statement Claim(string name = "first") => new(
        [new StatementSubject("model.bin", Model)],
        PredicateTypes.Read("training", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } }));

    [Fact]
    public void A_record_has_the_name_and_the_members_of_the_protocol()
    {
        var path = Store.Append(Claim(), null, Noon);
        Assert.Equal(Path.Combine(folder, ".aixv", "attestations", $"sha256_{Model.Hex}.training.v1.json"), path);
        Assert.Equal(
            $$$"""{"created_at":"2026-11-21T12:00:00+00:00","predicate_type":"https://aixv.org/attestation/training/v1","schema":"aixv.attestation-record/v1","signature_bundle_path":null,"statement":{"_type":"https://in-toto.io/Statement/v1","predicate":{"metadata":{"name":"first"}},"predicateType":"https://aixv.org/attestation/training/v1","subject":[{"digest":{"sha256":"{{{Model.Hex}}}"},"name":"model.bin"}]}}""" + "\n",
            File.ReadAllText(path));
    }

    [Fact]
    public void A_statement_of_somebody_else_is_kept_as_it_is()
    {
        var statement = (JsonObject)JsonNode.Parse(
            $$$"""{"_type":"https://in-toto.io/Statement/v0.1","subject":[{"name":"b","digest":{"sha512":"00"}},{"name":"a","digest":{"sha256":"{{{Model.Hex}}}"}}],"predicateType":"https://slsa.dev/provenance/v0.2","predicate":{}}""")!;
        var path = Store.Append(statement, Model, "{}"u8.ToArray(), Noon);
        Assert.EndsWith($"sha256_{Model.Hex}.provenance.v0-2.json", path);
        var record = AttestationRecord.Parse(File.ReadAllBytes(path));
        Assert.True(JsonNode.DeepEquals(statement, record.Statement));
        Assert.Equal("https://slsa.dev/provenance/v0.2", record.PredicateType);
        Assert.Throws<FormatException>(() => Store.Append(new JsonObject { ["predicateType"] = "no URI" }, Model, null, Noon));
    }

    [Fact]
    public void A_signed_record_names_the_bundle_beside_it()
    {
        var path = Store.Append(Claim(), "{}"u8.ToArray(), Noon);
        var record = AttestationRecord.Parse(File.ReadAllBytes(path));
        Assert.Equal("{}", File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, record.SignatureBundlePath!)));
    }

    [Fact]
    public void A_later_record_takes_the_next_number_and_changes_nothing()
    {
        var first = Store.Append(Claim(), "1"u8.ToArray(), Noon);
        var before = File.ReadAllBytes(first);
        var second = Store.Append(Claim("second"), "2"u8.ToArray(), Noon);
        var third = Store.Append(Claim("third"), null, Noon);
        Assert.EndsWith(".training.v1.2.json", second);
        Assert.EndsWith(".training.v1.3.json", third);
        Assert.Equal(before, File.ReadAllBytes(first));
        Assert.Equal("1", File.ReadAllText($"{first}.sigstore.json"));
        Assert.Equal(["first", "second", "third"], Store.Find(Model).Select(r => (string?)r.Statement["predicate"]!["metadata"]!["name"]).Order());
    }

    [Fact]
    public async Task Many_writers_at_once_lose_nothing()
    {
        var tasks = Enumerable.Range(0, 24).Select(i => Task.Run(
            () => Store.Append(Claim($"{i}"), Encoding.UTF8.GetBytes($"{i}"), Noon), TestContext.Current.CancellationToken));
        var paths = await Task.WhenAll(tasks);
        Assert.Equal(24, paths.Distinct().Count());
        foreach (var path in paths)
        {
            var name = (string?)AttestationRecord.Parse(File.ReadAllBytes(path)).Statement["predicate"]!["metadata"]!["name"];
            Assert.Equal(name, File.ReadAllText($"{path}.sigstore.json"));
        }

        Assert.Equal(48, Directory.GetFiles(Path.Combine(folder, ".aixv", "attestations")).Length);
    }

    [Fact]
    public void Withdrawing_leaves_nothing_of_that_record()
    {
        var first = Store.Append(Claim(), "1"u8.ToArray(), Noon);
        AttestationStore.Withdraw(Store.Append(Claim("second"), "2"u8.ToArray(), Noon));
        Assert.Equal([$"{first}", $"{first}.sigstore.json"], Directory.GetFiles(Path.GetDirectoryName(first)!).Order());
    }

    [Fact]
    public void A_damaged_record_is_named_not_skipped()
    {
        var path = Store.Append(Claim(), null, Noon);
        File.WriteAllText(path, "{");
        Assert.StartsWith($"{path}: attestation record: not valid JSON", Assert.Throws<FormatException>(() => Store.Find(Model)).Message);
    }

    [Fact]
    public void An_unknown_artifact_has_no_records() => Assert.Empty(Store.Find(Digest.Of("other"u8)));

    [Fact]
    public void New_files_appear_whole_and_never_replace()
    {
        var path = Path.Combine(folder, "file");
        Assert.True(NewFile.TryCreate(path, "one"u8));
        Assert.False(NewFile.TryCreate(path, "two"u8));
        Assert.Equal("one", File.ReadAllText(path));
        NewFile.Replace(path, "three"u8);
        Assert.Equal("three", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder));
        Assert.Throws<DirectoryNotFoundException>(() => NewFile.TryCreate(Path.Combine(folder, "none", "file"), "x"u8));
    }
}
