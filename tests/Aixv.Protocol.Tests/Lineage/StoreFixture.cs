using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Lineage;

/// <summary>A store in a folder of its own, filled by the code that fills stores, and a clock that runs well after its files' times.</summary>
internal sealed class StoreFixture : IDisposable
{
    internal StoreFixture() => Root = Directory.CreateTempSubdirectory("aixv-store-").FullName;

    internal string Root { get; }

    internal IndexKey Key { get; } = IndexKey.Create();

    public void Dispose() => Directory.Delete(Root, recursive: true);

    internal static Digest Model(int number) => RandomLineage.DigestOf(number);

    internal (LineageGraph Graph, IndexReport Report) Refresh(IRecordCheck? check = null) => Index(check).Refresh(TestContext.Current.CancellationToken);

    internal StoreIndex Index(IRecordCheck? check = null) => new(Root, Key, check, new Later());

    /// <summary>Appends an attestation; with <paramref name="signer"/>, a bundle that <see cref="FakeCheck"/> accepts.</summary>
    internal string Attest(Digest subject, string predicate, JsonObject content, string? signer = null, string name = "")
    {
        var statement = new Statement([new StatementSubject(name, subject)], PredicateTypes.Read(predicate, content));
        ReadOnlyMemory<byte>? bundle = signer is null ? (ReadOnlyMemory<byte>?)null : FakeCheck.Sign(signer, subject, statement.ToBytes());
        return new AttestationStore(Root).Append(statement, bundle, DateTimeOffset.UnixEpoch);
    }

    internal string Train(int child, string? signer, params int[] parents) =>
        Attest(Model(child), "training", new JsonObject { ["parent_models"] = new JsonArray([.. parents.Select(p => new JsonObject { ["digest"] = Model(p).ToString() })]) }, signer);

    /// <summary>Writes a signed record of a kind.</summary>
    internal string Record(string kind, string id, JsonObject payload, string? signer = null)
    {
        var path = Path.Combine(Root, kind == "advisory" ? "advisories" : $"records/{kind}", $"{id}.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var bytes = SortedJson.Serialize(new JsonObject
        {
            ["schema"] = "aixv.signed-record/v1",
            ["kind"] = kind,
            ["record_id"] = id,
            ["created_at"] = "2026-01-01T00:00:00+00:00",
            ["payload"] = payload,
            ["signature_bundle_path"] = null,
        });
        File.WriteAllBytes(path, bytes);
        if (signer is not null)
        {
            File.WriteAllBytes($"{path}.sigstore.json", FakeCheck.Sign(signer, Digest.Of(bytes), null));
        }

        return path;
    }

    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromMinutes(1);
    }
}

/// <summary>Stands in for Sigstore: a bundle says who signed what for which artifact, and nothing else is asked.</summary>
internal sealed class FakeCheck : IRecordCheck
{
    private int calls;

    public string Fingerprint => new('f', 64);

    internal int Calls => calls;

    internal static byte[] Sign(string signer, Digest artifact, byte[]? statement) => SortedJson.Serialize(new JsonObject
    {
        ["signer"] = signer,
        ["artifact"] = artifact.ToString(),
        ["statement"] = statement is null ? null : Encoding.UTF8.GetString(statement),
    });

    public RecordCheckResult Check(ReadOnlyMemory<byte> bundle, ArtifactDigests artifact)
    {
        Interlocked.Increment(ref calls);
        var json = JsonNode.Parse(bundle.Span)!;
        return (string?)json["artifact"] != artifact.Sha256.ToString()
            ? new RecordCheckResult(null, null, null, "SubjectMismatch")
            : new RecordCheckResult(
                new LineageSigner((string)json["signer"]!, "https://issuer.example"),
                new LineageLogEntry("log.example", 7, DateTimeOffset.UnixEpoch),
                (string?)json["statement"] is { } statement ? Encoding.UTF8.GetBytes(statement) : (ReadOnlyMemory<byte>?)null,
                null);
    }
}
