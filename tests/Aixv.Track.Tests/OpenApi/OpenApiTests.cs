using System.Diagnostics;
using System.Text.Json.Nodes;
using Aixv.Track.Hosting;
using Aixv.Track.OpenApi;

namespace Aixv.Track.Tests.OpenApi;

/// <summary>The document says what the server does: its routes, and what they answer.</summary>
public sealed class OpenApiTests
{
    private const string Script = """
        import json, sys
        from jsonschema import Draft202012Validator
        cases = json.load(sys.stdin)
        wrong = []
        for case in cases["answers"]:
            schema = {"$ref": "#/components/schemas/" + case["schema"], "components": cases["components"]}
            Draft202012Validator.check_schema(schema)
            wrong += [case["route"] + " " + e.json_path + ": " + e.message[:200] for e in Draft202012Validator(schema).iter_errors(case["answer"])]
        json.dump(wrong, sys.stdout)
        """;

    private static string PathOf(RouteEndpointDescription route) => route.Pattern.Replace("**", "", StringComparison.Ordinal);

    [Fact]
    public async Task Every_route_is_in_the_document_and_the_document_has_no_other()
    {
        await using var track = await TestTrack.StartAsync();
        var document = await TestTrack.OkAsync(track.GetAsync("/openapi/v1.json", ""));
        Assert.Equal("3.1.0", document["openapi"]!.GetValue<string>());
        var there = track.Server.Routes.Select(route => $"{route.Method} {PathOf(route)}").Order(StringComparer.Ordinal).ToList();
        var said = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(method => $"{method.Key.ToUpperInvariant()} {path.Key}")).Order(StringComparer.Ordinal);
        Assert.Equal(there, said);
        Assert.Empty(Operations.All.Select(operation => operation.Route).Except(there));
        foreach (var route in track.Server.Routes)
        {
            var operation = document["paths"]![PathOf(route)]![route.Method.ToLowerInvariant()]!;
            Assert.Equal(route.Access.Scope, operation["x-scope"]?.GetValue<string>());
        }

        var schemas = document["components"]!["schemas"]!.AsObject();
        var used = System.Text.RegularExpressions.Regex.Matches(document.ToJsonString(), "#/components/schemas/(\\w+)").Select(match => match.Groups[1].Value).Distinct();
        Assert.Empty(used.Except(schemas.Select(schema => schema.Key)));
    }

    [Fact]
    public async Task Real_answers_are_as_their_schemas_say()
    {
        var python = new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(p => TryRun(p, "import jsonschema; jsonschema.Draft202012Validator", "").Code == 0);
        Assert.SkipUnless(python is not null, "no python3 has the jsonschema package with JSON Schema 2020-12");
        await using var track = await TestTrack.StartAsync();
        var document = await TestTrack.OkAsync(track.GetAsync("/openapi/v1.json"));
        var answers = new JsonArray();
        foreach (var (method, path, key, body) in await RequestsAsync(track))
        {
            using var response = await track.SendAsync(method, path.Address, body, key);
            var answer = await TestTrack.JsonAsync(response);
            Assert.True(response.IsSuccessStatusCode, $"{method} {path.Address}: {answer.ToJsonString()}");
            var content = document["paths"]![path.Pattern]![method.Method.ToLowerInvariant()]!["responses"]![((int)response.StatusCode).ToString(null, null)]!["content"]!["application/json"]!;
            answers.Add(new JsonObject
            {
                ["route"] = $"{method} {path.Pattern}",
                ["schema"] = content["schema"]!["$ref"]!.GetValue<string>().Split('/')[^1],
                ["answer"] = answer,
            });
        }

        var (code, output) = TryRun(python!, Script, new JsonObject { ["components"] = document["components"]!.DeepClone(), ["answers"] = answers }.ToJsonString());
        Assert.Equal(0, code);
        Assert.Equal("[]", output);
    }

    private static async Task<List<(HttpMethod Method, (string Pattern, string Address) Path, string? Key, JsonObject? Body)>> RequestsAsync(TestTrack track)
    {
        var hash = new string('a', 64);
        var agent = await TestTrack.OkAsync(track.PostAsync("/v1/agents", new JsonObject { ["display_name"] = "a" }));
        var by = agent["id"]!.GetValue<string>();
        var dataset = await TestTrack.OkAsync(track.PostAsync("/v1/datasets/attest", new JsonObject { ["agent_id"] = by, ["name"] = "d", ["hash"] = new string('d', 64) }));
        var model = await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", new JsonObject
        {
            ["agent_id"] = by, ["name"] = "m", ["hash"] = hash, ["training_dataset_ids"] = new JsonArray((JsonNode)dataset["id"]!.GetValue<string>()),
        }));
        var webhook = await TestTrack.OkAsync(track.PostAsync("/v1/webhooks", new JsonObject { ["url"] = "https://example.org/" }));
        (string, string) At(string pattern, JsonNode? id = null) =>
            (pattern, pattern.Replace("{id}", id?.GetValue<string>(), StringComparison.Ordinal).Replace("{digest}", hash, StringComparison.Ordinal));
        (HttpMethod, (string, string), string?, JsonObject?) Get(string pattern, JsonNode? id = null, string? key = null) => (HttpMethod.Get, At(pattern, id), key, null);
        (HttpMethod, (string, string), string?, JsonObject?) Post(string pattern, JsonObject body, JsonNode? id = null, string? key = null) => (HttpMethod.Post, At(pattern, id), key, body);
        return
        [
            Get("/health/ready"), Get("/v1/log"), Get("/v1/log/proofs/consistency"), Get("/v1/api-keys"), Get("/v1/tenant"), Get("/v1/audit/events"),
            Get("/v1/tenants", key: track.Operator), Get("/v1/agents"), Get("/v1/agents/{id}", agent["id"]),
            Get("/v1/models"), Get("/v1/models/by-hash/{digest}"), Get("/v1/models/{id}", model["id"]), Get("/v1/models/{id}/lineage", model["id"]),
            Get("/v1/datasets"), Get("/v1/datasets/{id}", dataset["id"]), Get("/v1/datasets/{id}/lineage", dataset["id"]), Get("/v1/datasets/lineage/{id}", dataset["id"]),
            Get("/v1/receipts"), Get("/v1/receipts/{id}", model["receipt_id"]), Get("/v1/attestations"), Get("/v1/advisories"), Get("/v1/advisories/feed.json"),
            Get("/v1/artifacts/{digest}"), Get("/v1/artifacts/{digest}/lineage"), Get("/v1/artifacts/{digest}/impact"), Get("/v1/artifacts/{digest}/advisories"),
            Get("/v1/artifacts/{digest}/exports"), Get("/v1/webhooks"), Get("/v1/webhooks/{id}", webhook["id"]), Get("/v1/webhooks/{id}/deliveries", webhook["id"]),
            Get("/v1/training-runs"), Get("/v1/deployments"),
            Post("/v1/models/verify", new JsonObject { ["hash"] = hash }), Post("/v1/receipts/verify", new JsonObject { ["receipt_id"] = model["receipt_id"]!.GetValue<string>() }),
            Post("/v1/receipts/search", new JsonObject { ["q"] = "m" }), Post("/v1/agents", new JsonObject { ["display_name"] = "b" }),
            Post("/v1/models/attest", new JsonObject { ["agent_id"] = by, ["name"] = "n" }), Post("/v1/datasets/attest", new JsonObject { ["agent_id"] = by, ["name"] = "n" }),
            Post("/v1/training-runs", new JsonObject { ["agent_id"] = by, ["name"] = "r", ["model_id"] = model["id"]!.GetValue<string>() }),
            Post("/v1/deployments", new JsonObject { ["agent_id"] = by, ["name"] = "p", ["model_id"] = model["id"]!.GetValue<string>() }),
            Post("/v1/webhooks", new JsonObject { ["url"] = "https://example.org/" }), Post("/v1/webhooks/{id}/rotate-secret", [], webhook["id"]),
            Post("/v1/api-keys", new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)"models:read") }),
            Post("/v1/tenants", new JsonObject { ["name"] = "t" }, key: track.Operator),
            Post("/v1/models/{id}/revoke", [], model["id"]), Post("/v1/receipts/{id}/revoke", [], dataset["receipt_id"]),
            (HttpMethod.Delete, At("/v1/webhooks/{id}", webhook["id"]), null, null),
        ];
    }

    private static (int Code, string Output) TryRun(string program, string script, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(errors.IsCompleted || errors.Wait(1000));
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "");
        }
    }
}
