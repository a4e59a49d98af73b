using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Dsse;
using Aixv.Transparency.Keys;

namespace Aixv.Track.Tests.Models;

/// <summary><c>/v1/models</c> and what it refers to, over HTTP.</summary>
public sealed class ModelRoutesTests
{
    private const string Hash = "a1b2c3d4e5f6789012345678abcdef0123456789abcdef0123456789abcdef01";

    private static JsonArray List(params string[] texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static async Task<JsonNode> AgentAsync(TestTrack track, string? publicKey = null) => await TestTrack.OkAsync(track.PostAsync(
        "/v1/agents", new JsonObject { ["display_name"] = "trainer", ["agent_type"] = "pipeline", ["public_key"] = publicKey }));

    private static JsonObject Model(JsonNode agent, string name = "fraud-detection-v2", string version = "2.1.0", string? hash = Hash) => new()
    {
        ["name"] = name, ["hash"] = hash, ["framework"] = "pytorch", ["version"] = version, ["agent_id"] = agent["id"]!.GetValue<string>(),
    };

    private static Task<JsonNode> DatasetAsync(TestTrack track, JsonNode agent, string name = "claims", params string[] parents) => TestTrack.OkAsync(track.PostAsync(
        "/v1/datasets/attest",
        new JsonObject { ["agent_id"] = agent["agent_id"]!.GetValue<string>(), ["name"] = name, ["hash"] = new string('d', 64), ["format"] = "parquet", ["parent_dataset_ids"] = List(parents) }));

    [Fact]
    public async Task The_documented_request_gets_both_documented_answers_in_one()
    {
        await using var track = await TestTrack.StartAsync();
        var agent = await AgentAsync(track);
        var dataset = await DatasetAsync(track, agent);
        var request = Model(agent);
        request["training_dataset_ids"] = List(dataset["dataset_id"]!.GetValue<string>());
        request["hyperparameters"] = new JsonObject { ["epochs"] = 3 };
        using var response = await track.PostAsync("/v1/models/attest", request);
        Assert.Equal(201, (int)response.StatusCode);
        var model = await TestTrack.JsonAsync(response);
        Assert.StartsWith("maip-model:", model["id"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.True(Guid.TryParse(model["model_id"]!.GetValue<string>(), out _));
        Assert.True(Guid.TryParse(model["receipt_id"]!.GetValue<string>(), out _));
        Assert.Equal(agent["id"]!.GetValue<string>(), model["agent_id"]!.GetValue<string>());
        Assert.Equal(Hash, model["hash"]!.GetValue<string>());
        Assert.Equal("attested", model["status"]!.GetValue<string>());
        Assert.Equal("identified", model["tier"]!.GetValue<string>());
        Assert.Equal(dataset["dataset_id"]!.GetValue<string>(), model["training_dataset_ids"]![0]!.GetValue<string>());
        Assert.NotNull(model["created_at"]);
        Assert.Equal(64, model["log"]!["leaf_hash"]!.GetValue<string>().Length);

        foreach (var id in (string[])["id", "model_id"])
        {
            var found = await TestTrack.OkAsync(track.GetAsync($"/v1/models/{Uri.EscapeDataString(model[id]!.GetValue<string>())}"));
            Assert.Equal(model["log"]!.ToJsonString(), found["log"]!.ToJsonString());
            Assert.Equal(3, found["hyperparameters"]!["epochs"]!.GetValue<int>());
        }

        var byHash = await TestTrack.OkAsync(track.GetAsync($"/v1/models/by-hash/sha256:{Hash}"));
        Assert.Equal(1, byHash["total"]!.GetValue<int>());
        Assert.Equal(byHash["models"]!.ToJsonString(), byHash["items"]!.ToJsonString());
    }

    [Fact]
    public async Task Callers_choose_ids_of_their_own_and_two_tenants_may_choose_the_same()
    {
        const string Agent = "550e8400-e29b-41d4-a716-446655440000";
        const string Data = "660e8400-e29b-41d4-a716-446655440000";
        await using var track = await TestTrack.StartAsync();
        var registering = new JsonObject { ["id"] = Agent, ["display_name"] = "trainer" };
        var attesting = new JsonObject { ["id"] = Data, ["agent_id"] = Agent, ["name"] = "claims", ["hash"] = new string('d', 64) };
        foreach (var key in (string[])[track.Admin, (await track.NewTenantAsync("other")).Key])
        {
            Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync($"/v1/agents/{Agent}", key)));
            var agent = await TestTrack.OkAsync(track.PostAsync("/v1/agents", registering, key));
            Assert.Equal(Agent, agent["id"]!.GetValue<string>());
            using var again = await track.PostAsync("/v1/agents", registering, key);
            Assert.Equal(200, (int)again.StatusCode);
            Assert.Equal((409, "CONFLICT"), await TestTrack.RefusedAsync(track.PostAsync("/v1/agents", new JsonObject { ["id"] = Agent, ["display_name"] = "another" }, key)));

            var dataset = await TestTrack.OkAsync(track.PostAsync("/v1/datasets/attest", attesting, key));
            Assert.Equal(Data, dataset["dataset_id"]!.GetValue<string>());
            using var same = await track.PostAsync("/v1/datasets/attest", attesting, key);
            Assert.Equal(200, (int)same.StatusCode);
            var taken = new JsonObject { ["id"] = Data, ["agent_id"] = Agent, ["name"] = "others", ["hash"] = new string('e', 64) };
            Assert.Equal((409, "CONFLICT"), await TestTrack.RefusedAsync(track.PostAsync("/v1/datasets/attest", taken, key)));

            var request = Model(agent);
            request["training_dataset_ids"] = List(Data);
            var model = await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", request, key));
            var lineage = await TestTrack.OkAsync(track.GetAsync($"/v1/models/{model["model_id"]}/lineage", key));
            Assert.Contains(lineage["nodes"]!.AsArray(), node => node!["uuid"]!.GetValue<string>() == Data);
            var listed = await TestTrack.OkAsync(track.GetAsync($"/v1/models?agent_id={Agent}", key));
            Assert.Equal(1, listed["total"]!.GetValue<int>());

            await TestTrack.OkAsync(track.PostAsync($"/v1/datasets/{Data}/revoke", key: key));
            await TestTrack.OkAsync(track.PostAsync($"/v1/agents/{Agent}/suspend", key: key));
            Assert.Equal((403, "FORBIDDEN"), await TestTrack.RefusedAsync(track.PostAsync("/v1/models/attest", Model(agent, version: "3"), key)));
        }
    }

    [Fact]
    public async Task The_same_again_is_the_first_answer_and_another_hash_a_conflict()
    {
        await using var track = await TestTrack.StartAsync();
        var agent = await AgentAsync(track);
        var first = await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", Model(agent)));
        using var again = await track.PostAsync("/v1/models/attest", Model(agent));
        Assert.Equal(200, (int)again.StatusCode);
        Assert.Equal(first.ToJsonString(), (await TestTrack.JsonAsync(again)).ToJsonString());
        Assert.Equal((409, "CONFLICT"), await TestTrack.RefusedAsync(track.PostAsync("/v1/models/attest", Model(agent, hash: new string('b', 64)))));
        await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", Model(agent, version: "2.2.0", hash: new string('b', 64))));
    }

    [Fact]
    public async Task Every_documented_edge_can_be_made_and_is_found()
    {
        await using var track = await TestTrack.StartAsync();
        var agent = await AgentAsync(track);
        var raw = await DatasetAsync(track, agent, "raw");
        var clean = await DatasetAsync(track, agent, "clean", raw["id"]!.GetValue<string>());
        var parent = await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", Model(agent, "base", hash: new string('0', 64))));
        var request = Model(agent);
        request["training_dataset_ids"] = List(clean["id"]!.GetValue<string>());
        request["parents"] = new JsonArray(new JsonObject { ["model_id"] = parent["id"]!.GetValue<string>(), ["relationship"] = "distilled_from" });
        var model = await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", request));
        var run = await TestTrack.OkAsync(track.PostAsync("/v1/training-runs", new JsonObject
        {
            ["agent_id"] = agent["id"]!.GetValue<string>(), ["name"] = "run-1", ["model_id"] = model["id"]!.GetValue<string>(), ["dataset_ids"] = List(clean["id"]!.GetValue<string>()),
        }));
        await TestTrack.OkAsync(track.PostAsync("/v1/deployments", new JsonObject
        {
            ["agent_id"] = agent["id"]!.GetValue<string>(), ["name"] = "production", ["model_id"] = model["id"]!.GetValue<string>(), ["environment"] = "eu-1",
        }));
        var lineage = await TestTrack.OkAsync(track.GetAsync($"/v1/models/{model["model_id"]}/lineage"));
        Assert.Equal(
            ["deployed_as", "derived_from", "distilled_from", "produced_by", "trained_on", "trained_on"],
            lineage["edges"]!.AsArray().Select(e => e!["relationship"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        var deployed = lineage["edges"]!.AsArray().Single(e => e!["relationship"]!.GetValue<string>() == "deployed_as")!;
        Assert.Equal(model["id"]!.GetValue<string>(), deployed["source"]!.GetValue<string>());
        Assert.Equal(clean["id"]!.GetValue<string>(), lineage["training_datasets"]![0]!["id"]!.GetValue<string>());
        Assert.Equal(parent["model_id"]!.GetValue<string>(), lineage["parent_models"]![0]!["model_id"]!.GetValue<string>());
        Assert.Equal(run["id"]!.GetValue<string>(), lineage["training_runs"]![0]!["id"]!.GetValue<string>());
        var data = await TestTrack.OkAsync(track.GetAsync($"/v1/datasets/lineage/{clean["id"]}"));
        Assert.Equal(raw["dataset_id"]!.GetValue<string>(), data["lineage"]![0]!["source_dataset_id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_digest_gets_a_verdict_with_its_reasons()
    {
        await using var track = await TestTrack.StartAsync();
        var agent = await AgentAsync(track);
        var request = new JsonObject { ["hash"] = Hash };
        Assert.Equal("UNKNOWN", (await TestTrack.OkAsync(track.PostAsync("/v1/models/verify", request)))["verdict"]!.GetValue<string>());
        var dataset = await DatasetAsync(track, agent);
        var attest = Model(agent);
        attest["training_dataset_ids"] = List(dataset["id"]!.GetValue<string>());
        var model = await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", attest));
        Assert.Equal("VALID", (await TestTrack.OkAsync(track.PostAsync("/v1/models/verify", request)))["verdict"]!.GetValue<string>());
        await TestTrack.OkAsync(track.PostAsync($"/v1/datasets/{dataset["id"]}/revoke", new JsonObject { ["reason"] = "poisoned" }));
        var warned = await TestTrack.OkAsync(track.PostAsync("/v1/models/verify", request));
        Assert.Contains("lineage_revoked", warned["reasons"]!.AsArray().Select(r => r!["code"]!.GetValue<string>()));
        await TestTrack.OkAsync(track.PostAsync($"/v1/models/{model["id"]}/supersede"));
        Assert.Equal("SUPERSEDED", (await TestTrack.OkAsync(track.PostAsync("/v1/models/verify", request)))["verdict"]!.GetValue<string>());
        var revoked = await TestTrack.OkAsync(track.PostAsync($"/v1/models/{model["id"]}/revoke", new JsonObject { ["reason"] = "backdoor" }));
        Assert.Equal("revoked", revoked["status"]!.GetValue<string>());
        Assert.Equal("REVOKED", (await TestTrack.OkAsync(track.PostAsync("/v1/models/verify", request)))["verdict"]!.GetValue<string>());
        Assert.Equal((409, "CONFLICT"), await TestTrack.RefusedAsync(track.PostAsync($"/v1/models/{model["id"]}/revoke")));
        Assert.Equal((409, "CONFLICT"), await TestTrack.RefusedAsync(track.PostAsync("/v1/models/attest", Child(agent, model))));
    }

    private static JsonObject Child(JsonNode agent, JsonNode parent)
    {
        var child = Model(agent, "child", hash: new string('c', 64));
        child["parent_model_ids"] = List(parent["id"]!.GetValue<string>());
        return child;
    }

    [Fact]
    public async Task Only_an_active_agent_attests_and_only_its_own_signature_counts()
    {
        await using var track = await TestTrack.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        using var other = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var agent = await AgentAsync(track, key.PublicKey.ToPem());
        var signed = Model(agent);
        signed["dsse"] = Envelope(key, Hash);
        Assert.Equal("attested", (await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", signed)))["tier"]!.GetValue<string>());
        var strange = Model(agent, version: "3");
        strange["dsse"] = Envelope(other, Hash);
        Assert.Equal((422, "SIGNATURE_INVALID"), await TestTrack.RefusedAsync(track.PostAsync("/v1/models/attest", strange)));
        strange["dsse"] = Envelope(key, new string('e', 64));
        Assert.Equal((422, "SIGNATURE_INVALID"), await TestTrack.RefusedAsync(track.PostAsync("/v1/models/attest", strange)));

        await TestTrack.OkAsync(track.PostAsync($"/v1/agents/{agent["agent_id"]}/suspend"));
        Assert.Equal((403, "FORBIDDEN"), await TestTrack.RefusedAsync(track.PostAsync("/v1/models/attest", Model(agent, version: "4"))));
        await TestTrack.OkAsync(track.SendAsync(HttpMethod.Patch, $"/v1/agents/{agent["agent_id"]}", new JsonObject { ["status"] = "active" }));
        await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", Model(agent, version: "4")));
        await TestTrack.OkAsync(track.PostAsync($"/v1/agents/{agent["agent_id"]}/revoke", new JsonObject { ["reason"] = "lost its key" }));
        Assert.Equal((409, "CONFLICT"), await TestTrack.RefusedAsync(track.SendAsync(HttpMethod.Patch, $"/v1/agents/{agent["id"]}", new JsonObject { ["status"] = "active" })));
        Assert.Equal((403, "FORBIDDEN"), await TestTrack.RefusedAsync(track.PostAsync("/v1/models/attest", Model(agent, version: "5"))));
    }

    private static JsonObject Envelope(SigningKey key, string hash)
    {
        var payload = Encoding.UTF8.GetBytes($$$"""
            {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"m","digest":{"sha256":"{{{hash}}}"}}],"predicateType":"https://aixv.org/attestation/training/v1","predicate":{}}
            """);
        var signature = key.Sign(PreAuthEncoding.Encode(DsseEnvelope.InTotoPayloadType, payload), key.PublicKey.DefaultScheme);
        return new JsonObject
        {
            ["payloadType"] = DsseEnvelope.InTotoPayloadType,
            ["payload"] = Convert.ToBase64String(payload),
            ["signatures"] = new JsonArray(new JsonObject { ["keyid"] = "", ["sig"] = Convert.ToBase64String(signature) }),
        };
    }

    [Fact]
    public async Task One_tenant_neither_sees_nor_refers_to_anything_of_another()
    {
        await using var track = await TestTrack.StartAsync();
        var agent = await AgentAsync(track);
        var model = await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", Model(agent)));
        var (_, stranger) = await track.NewTenantAsync("stranger");
        foreach (var path in (string[])[$"/v1/models/{model["id"]}", $"/v1/models/{model["id"]}/lineage", $"/v1/agents/{agent["id"]}"])
        {
            Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync(path, stranger)));
        }

        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.PostAsync($"/v1/models/{model["id"]}/revoke", key: stranger)));
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.PostAsync("/v1/models/attest", Model(agent), stranger)));
        Assert.Equal(0, (await TestTrack.OkAsync(track.GetAsync($"/v1/models/by-hash/{Hash}", stranger)))["total"]!.GetValue<int>());
        Assert.Equal("UNKNOWN", (await TestTrack.OkAsync(track.PostAsync("/v1/models/verify", new JsonObject { ["hash"] = Hash }, stranger)))["verdict"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("name", null, 400, "INVALID_INPUT")]
    [InlineData("agent_id", null, 400, "INVALID_INPUT")]
    [InlineData("agent_id", "nonsense", 400, "INVALID_ID")]
    [InlineData("agent_id", "550e8400-e29b-41d4-a716-446655440000", 404, "NOT_FOUND")]
    [InlineData("hash", "0123456789abcdef0123456789abcdef01234567", 400, "INVALID_INPUT")]
    [InlineData("relationship", "stolen_from", 400, "INVALID_INPUT")]
    public async Task A_request_that_is_wrong_says_what(string member, string? value, int status, string code)
    {
        await using var track = await TestTrack.StartAsync();
        var request = Model(await AgentAsync(track));
        request[member] = value;
        Assert.Equal((status, code), await TestTrack.RefusedAsync(track.PostAsync("/v1/models/attest", request)));
    }

    [Fact]
    public async Task A_private_key_is_never_taken()
    {
        await using var track = await TestTrack.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var refused = await TestTrack.RefusedAsync(track.PostAsync("/v1/agents", new JsonObject { ["display_name"] = "x", ["public_key"] = key.ToPem() }));
        Assert.Equal((400, "INVALID_INPUT"), refused);
    }
}
