using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Web.Tests;

/// <summary>What the tests' registry holds: a pipeline, a recalled model and what was made of it, hostile names, and big families.</summary>
internal sealed class World(Signing signing, Func<string, JsonNode, Task<JsonNode>> post)
{
    public const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202Egnp.exe";
    public const int Family = 100_000;
    private const string Training = "https://aixv.org/attestation/training/v1";
    private const string Packaging = "https://aixv.org/attestation/packaging/v1";
    private const int Batch = 4000;

    /// <summary>The bytes of the file that is dropped on the page.</summary>
    public static byte[] TunedFile { get; } = Encoding.UTF8.GetBytes("the weights of the tuned model");

    public static string Data { get; } = DigestOf("data");

    public static string Base { get; } = DigestOf("base");

    public static string Tuned { get; } = Digest.Of(TunedFile).ToString();

    public static string Packed { get; } = DigestOf("packed");

    public static string Poisoned { get; } = DigestOf("poisoned");

    public static string Affected { get; } = DigestOf("affected");

    public static string Evil { get; } = DigestOf("evil");

    public static string Big { get; } = DigestOf("big");

    public static string Wide { get; } = DigestOf("wide");

    private static string DigestOf(string text) => Digest.Of(Encoding.UTF8.GetBytes(text)).ToString();

    public async Task MakeAsync()
    {
        await TrainAsync("acme/base", Base, null, Data);
        await TrainAsync("acme/tuned", Tuned, Base, DigestOf("special"));
        await AttestAsync("acme/tuned-gguf", Packed, Packaging, new JsonObject
        {
            ["transform_type"] = "quantize",
            ["inputs"] = new JsonArray((JsonNode)Tuned),
            ["outputs"] = new JsonArray((JsonNode)Packed),
        });
        await TrainAsync("bad/poisoned", Poisoned, null, Data);
        await TrainAsync("bad/affected", Affected, Poisoned, DigestOf("special"));
        await RecallAsync();
        await TrainAsync(Hostile, Evil, Base, Data);
        await TrainAsync("zoo/big", Big, null, Data);
        await TrainAsync("zoo/wide", Wide, null, Data);
        await ImportAsync(Enumerable.Range(0, Family).Select(i => Described($"hf://zoo/child-{i}", $"zoo/child-{i}", "fine_tuned_from", Big)), "family");
        await ImportAsync(WideFamily(), "wide");
    }

    /// <summary>More than 300 nodes within two links of one.</summary>
    private static IEnumerable<JsonObject> WideFamily()
    {
        foreach (var relation in (string[])["fine_tuned_from", "quantized_from", "merged_from", "adapted_from"])
        {
            for (var i = 0; i < 12; i++)
            {
                yield return Described($"hf://wide/{relation}-{i}", $"wide/{relation}-{i}", relation, Wide);
                for (var j = 0; j < 8; j++)
                {
                    yield return Described($"hf://wide/{relation}-{i}-{j}", $"wide/{relation}-{i}-{j}", "fine_tuned_from", $"hf://wide/{relation}-{i}");
                }
            }
        }
    }

    private static JsonObject Described(string id, string name, string relation, string parent) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["kind"] = "model",
        ["properties"] = new JsonObject { ["licence"] = "apache-2.0", ["downloads"] = "7" },
        ["links"] = new JsonArray(new JsonArray((JsonNode)relation, (JsonNode)parent)),
    };

    private async Task ImportAsync(IEnumerable<JsonObject> nodes, string run)
    {
        var number = 0;
        foreach (var chunk in nodes.Chunk(Batch))
        {
            await post("/v1/import", new JsonObject
            {
                ["source"] = run,
                ["input"] = run,
                ["run"] = run,
                ["number"] = number++,
                ["nodes"] = new JsonArray([.. chunk]),
            });
        }
    }

    private Task TrainAsync(string name, string digest, string? parent, string data) => AttestAsync(name, digest, Training, new JsonObject
    {
        ["parent_models"] = parent is null ? new JsonArray() : new JsonArray(new JsonObject { ["digest"] = parent }),
        ["datasets"] = new JsonArray(new JsonObject { ["digest"] = data, ["name"] = "web crawl" }),
        ["metadata"] = new JsonObject { ["relation"] = "fine-tune" },
    });

    private async Task AttestAsync(string name, string digest, string type, JsonObject predicate)
    {
        var statement = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["_type"] = "https://in-toto.io/Statement/v1",
            ["subject"] = new JsonArray(new JsonObject { ["name"] = name, ["digest"] = new JsonObject { ["sha256"] = digest["sha256:".Length..] } }),
            ["predicateType"] = type,
            ["predicate"] = predicate,
        }.ToJsonString());
        await post("/v1/attestations", JsonNode.Parse(await signing.AttestAsync(statement))!);
    }

    private async Task RecallAsync()
    {
        var record = new SignedRecord(RecordKinds.Advisory, RecordId.Parse("adv-2026-1"), TimeProvider.System.GetUtcNow(), new JsonObject
        {
            ["advisory_id"] = "ADV-2026-1",
            ["affected"] = new JsonArray(new JsonObject { ["digest"] = Poisoned, ["selector"] = "descendants", ["name"] = "bad/poisoned" }),
            ["severity"] = "critical",
            ["status"] = "active",
            ["reason_code"] = "backdoored-weights",
            ["recommended_actions"] = new JsonArray((JsonNode)"roll back"),
        });
        var file = record.ToBytes();
        await post("/v1/advisories", new JsonObject { ["record"] = JsonNode.Parse(file), ["bundle"] = JsonNode.Parse(await signing.SignAsync(file)) });
    }

    /// <summary>As pages write it.</summary>
    public static string Written(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
