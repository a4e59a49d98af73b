using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export;
using Aixv.Protocol.Advisories.Feeds;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Verification;

namespace Aixv.Track.Tests.Attestations;

/// <summary>Bundles, what they say of artifacts and lineage, and advisories, over HTTP.</summary>
public sealed class AttestationRoutesTests(TestSigner signer)
{
    private static readonly string Base = new('0', 64);
    private static readonly string Tuned = new('1', 64);
    private static readonly string Data = new('2', 64);

    private Task<TestTrack> StartAsync() => TestTrack.StartAsync(change: o => o with { TrustedRoots = [signer.Root] });

    private static byte[] Training(string subject, string parent, string? dataset = null)
    {
        var datasets = new JsonArray(new JsonObject { ["name"] = "web crawl" });
        if (dataset is not null)
        {
            datasets.Add(new JsonObject { ["digest"] = $"sha256:{dataset}" });
        }

        return Statement("tuned.safetensors", subject, "https://aixv.org/attestation/training/v1", new JsonObject
        {
            ["parent_models"] = new JsonArray(new JsonObject { ["digest"] = $"sha256:{parent}", ["name"] = "base" }),
            ["datasets"] = datasets,
            ["metadata"] = new JsonObject { ["relation"] = "fine-tune" },
        });
    }

    private static byte[] Slsa() => Statement("gguf", new string('3', 64), "https://slsa.dev/provenance/v1", new JsonObject
    {
        ["buildDefinition"] = new JsonObject
        {
            ["buildType"] = "https://example.org/quantize",
            ["externalParameters"] = new JsonObject(),
            ["resolvedDependencies"] = new JsonArray(new JsonObject { ["uri"] = "hf://org/tuned", ["digest"] = new JsonObject { ["sha256"] = Tuned } }),
        },
        ["runDetails"] = new JsonObject { ["builder"] = new JsonObject { ["id"] = "https://example.org/b" } },
    });

    private static byte[] Statement(string name, string digest, string type, JsonObject predicate) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["_type"] = "https://in-toto.io/Statement/v1",
        ["subject"] = new JsonArray(new JsonObject { ["name"] = name, ["digest"] = new JsonObject { ["sha256"] = digest } }),
        ["predicateType"] = type,
        ["predicate"] = predicate,
    }.ToJsonString());

    private static async Task<JsonNode> PublishAsync(TestTrack track, byte[] bundle, int status = 201)
    {
        using var response = await track.PostAsync("/v1/attestations", JsonNode.Parse(bundle));
        Assert.True((int)response.StatusCode == status, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return await TestTrack.JsonAsync(response);
    }

    [Fact]
    public async Task A_bundle_is_verified_and_indexed_once_and_lineage_follows_from_it()
    {
        await using var track = await StartAsync();
        var bundle = await signer.AttestAsync(Training(Tuned, Base, Data));
        var first = await PublishAsync(track, bundle);
        Assert.Equal(TestSigner.Email, first["signer"]!["subject"]!.GetValue<string>());
        var wrapped = await TestTrack.OkAsync(track.PostAsync("/v1/attestations", new JsonObject { ["bundle"] = JsonNode.Parse(bundle) }));
        Assert.Equal(first["id"]!.GetValue<string>(), wrapped["id"]!.GetValue<string>());
        await PublishAsync(track, bundle, 200);
        await PublishAsync(track, await signer.AttestAsync(Slsa()));
        Assert.Equal(2, (await TestTrack.OkAsync(track.GetAsync("/v1/attestations")))["total"]!.GetValue<int>());
        Assert.Equal(1, (await TestTrack.OkAsync(track.GetAsync($"/v1/attestations?artifact={Tuned}")))["total"]!.GetValue<int>());

        var artifact = await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/sha256:{Tuned}"));
        Assert.Equal("tuned.safetensors", artifact["name"]!.GetValue<string>());
        Assert.Equal("attested", artifact["tier"]!.GetValue<string>());
        Assert.Equal((3, 1), (artifact["parent_count"]!.GetValue<int>(), artifact["child_count"]!.GetValue<int>()));
        var lineage = await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/sha256%3A{Base}/lineage?direction=descendants&depth=9"));
        Assert.Equal(3, lineage["nodes"]!.AsArray().Count);
        Assert.Equal(["fine-tune", null], lineage["edges"]!.AsArray().Select(e => e!["relation"]?.GetValue<string>()));
        var impact = await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/{Base}/impact?limit=1"));
        var rest = await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/{Base}/impact?limit=1&cursor={impact["next_cursor"]}"));
        Assert.Equal($"sha256:{Tuned}", impact["items"]![0]!["digest"]!.GetValue<string>());
        Assert.Equal(2, rest["items"]![0]!["depth"]!.GetValue<int>());
        Assert.Null(rest["next_cursor"]);
        using var stream = await track.GetAsync($"/v1/artifacts/{Base}/impact?format=ndjson");
        var lines = (await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Equal(2, JsonNode.Parse(lines[^1])!["count"]!.GetValue<int>());

        using var download = await track.GetAsync($"/v1/attestations/{first["id"]}/bundle");
        Assert.Equal(JsonNode.Parse(bundle)!.ToJsonString(), (await TestTrack.JsonAsync(download)).ToJsonString());
        Assert.Equal("tuned.safetensors", (await TestTrack.OkAsync(track.GetAsync("/v1/search?q=tuned")))["items"]![0]!["artifacts"]![0]!["name"]!.GetValue<string>());
        var receipt = await TestTrack.OkAsync(track.GetAsync($"/v1/receipts/{first["receipt_id"]}"));
        Assert.Equal("attestation.published", receipt["receipt_type"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_does_not_verify_is_not_indexed()
    {
        await using var track = await StartAsync();
        var bundle = JsonNode.Parse(await signer.AttestAsync(Training(Tuned, Base)))!;
        var broken = bundle.DeepClone();
        broken["dsseEnvelope"]!["payload"] = Convert.ToBase64String(Training(Data, Base));
        Assert.Equal((422, "SIGNATURE_INVALID"), await TestTrack.RefusedAsync(track.PostAsync("/v1/attestations", broken)));
        var other = new JsonObject { ["bundle"] = bundle.DeepClone(), ["statement"] = JsonNode.Parse(Training(Data, Base)) };
        Assert.Equal((422, "SIGNATURE_INVALID"), await TestTrack.RefusedAsync(track.PostAsync("/v1/attestations", other)));
        Assert.Equal((400, "INVALID_INPUT"), await TestTrack.RefusedAsync(track.PostAsync("/v1/attestations", new JsonObject { ["x"] = 1 })));
        await using var blind = await TestTrack.StartAsync();
        Assert.Equal((422, "SIGNATURE_INVALID"), await TestTrack.RefusedAsync(blind.PostAsync("/v1/attestations", bundle)));
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync($"/v1/artifacts/{Tuned}")));
    }

    [Fact]
    public async Task Records_and_proofs_of_one_digest_are_one_node_and_another_tenant_sees_neither()
    {
        await using var track = await StartAsync();
        await PublishAsync(track, await signer.AttestAsync(Training(Tuned, Base)));
        var agent = await TestTrack.OkAsync(track.PostAsync("/v1/agents", new JsonObject { ["display_name"] = "t" }));
        var model = await TestTrack.OkAsync(track.PostAsync(
            "/v1/models/attest", new JsonObject { ["agent_id"] = agent["id"]!.GetValue<string>(), ["name"] = "tuned", ["hash"] = Tuned }));
        await TestTrack.OkAsync(track.PostAsync(
            "/v1/deployments", new JsonObject { ["agent_id"] = agent["id"]!.GetValue<string>(), ["name"] = "prod", ["model_id"] = model["id"]!.GetValue<string>() }));
        var impact = await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/{Base}/impact"));
        Assert.Equal(["artifact", "record"], impact["items"]!.AsArray().Select(i => i!["type"]!.GetValue<string>()));
        var (_, stranger) = await track.NewTenantAsync("stranger");
        foreach (var key in (string[])[stranger, ""])
        {
            Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync($"/v1/artifacts/{Tuned}", key)));
            Assert.Empty((await TestTrack.OkAsync(track.GetAsync("/v1/search?q=tuned", key)))["items"]!.AsArray());
        }
    }

    [Fact]
    public async Task Every_export_that_is_said_to_be_available_is_and_the_others_say_what_they_lack()
    {
        await using var track = await StartAsync();
        await PublishAsync(track, await signer.AttestAsync(Training(Tuned, Base, Data)));
        var list = await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/{Tuned}/exports"));
        Assert.Equal(Exporters.All.Length, list["total"]!.GetValue<int>());
        foreach (var export in list["exports"]!.AsArray())
        {
            using var response = await track.GetAsync(export!["href"]!.GetValue<string>());
            Assert.True((int)response.StatusCode == (export["available"]!.GetValue<bool>() ? 200 : 422), export["format"]!.GetValue<string>());
        }

        Assert.Contains(list["exports"]!.AsArray(), e => e!["available"]!.GetValue<bool>());
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync($"/v1/artifacts/{Tuned}/exports/wordstar")));
    }

    private async Task<JsonObject> AdvisoryAsync(string id, string status = "active")
    {
        var record = new SignedRecord(RecordKinds.Advisory, RecordId.Parse($"{id}-{status}"), TimeProvider.System.GetUtcNow(), new JsonObject
        {
            ["advisory_id"] = id,
            ["affected"] = new JsonArray(new JsonObject { ["digest"] = $"sha256:{Base}", ["selector"] = new JsonArray((JsonNode)"descendants") }),
            ["severity"] = "high",
            ["status"] = status,
            ["reason_code"] = "weights-backdoor",
            ["recommended_actions"] = new JsonArray((JsonNode)"roll back"),
        });
        var file = record.ToBytes();
        return new JsonObject { ["record"] = JsonNode.Parse(file), ["bundle"] = JsonNode.Parse(await signer.SignAsync(file)) };
    }

    [Fact]
    public async Task An_advisory_reaches_descendants_and_the_feed_is_taken_by_a_store()
    {
        await using var track = await StartAsync();
        var (_, key) = await track.NewTenantAsync("open", "public");
        await PublishAsync(track, await signer.AttestAsync(Training(Tuned, Base)));
        var advisory = await AdvisoryAsync("ADV-1");
        await TestTrack.OkAsync(track.PostAsync("/v1/advisories", advisory, key));
        await TestTrack.OkAsync(track.PostAsync("/v1/advisories", advisory.DeepClone(), key));
        var reached = await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/{Tuned}/advisories"));
        var found = Assert.Single(reached["advisories"]!.AsArray())!;
        Assert.Equal(("ADV-1", "descendant", true), (found["advisory_id"]!.GetValue<string>(), found["reach"]!.GetValue<string>(), found["certain"]!.GetValue<bool>()));
        async Task<string> VerdictAsync(string? of) => (await TestTrack.OkAsync(track.PostAsync("/v1/models/verify", new JsonObject { ["hash"] = Tuned }, of)))["verdict"]!.GetValue<string>();
        Assert.Equal("VALID", await VerdictAsync(null));
        Assert.Equal("UNKNOWN", await VerdictAsync(key));
        await TestTrack.OkAsync(track.PostAsync("/v1/advisories", await AdvisoryAsync("ADV-2")));
        Assert.Equal("RECALLED", await VerdictAsync(null));
        Assert.Equal("UNKNOWN", await VerdictAsync(key));
        var forged = advisory.DeepClone();
        forged["record"]!["payload"]!["severity"] = "low";
        Assert.Equal((422, "SIGNATURE_INVALID"), await TestTrack.RefusedAsync(track.PostAsync("/v1/advisories", forged, key)));

        // Signatures have times in whole seconds, and a store takes no second word of the same second.
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        await TestTrack.OkAsync(track.PostAsync("/v1/advisories", await AdvisoryAsync("ADV-1", "withdrawn"), key));
        var withdrawn = await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/{Base}/advisories"));
        Assert.Equal("withdrawn", Assert.Single(withdrawn["advisories"]!.AsArray(), a => a!["advisory_id"]!.GetValue<string>() == "ADV-1")!["status"]!.GetValue<string>());

        var folder = Directory.CreateTempSubdirectory("aixv-feed-").FullName;
        try
        {
            var feed = Path.Combine(folder, "feed.json");
            using var response = await track.GetAsync("/v1/advisories/feed.json", "");
            await File.WriteAllBytesAsync(feed, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
            var store = new RecordStore(Path.Combine(folder, "store"));
            using var http = new HttpClient();
            var sync = new FeedSync(store, new Verifier(signer.Root), new ReferenceFetcher(http), TimeProvider.System);
            var request = new FeedSyncRequest { Feed = FeedReference.Parse(feed), Trusted = TrustedSigners.Exactly([TestSigner.Email]) };
            await sync.RunAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(2, store.List(RecordKinds.Advisory).Records.Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
