using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Track.Hosting;

namespace Aixv.Cli.Tests.Importing;

/// <summary><c>aixv import</c>, into the storage of a stopped registry and into a running one.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private const string Hex = "abababababababababababababababababababababababababababababababab";
    private readonly CliFolder folder = new() { ForbidNetwork = false };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private TrackOptions Options => new() { DataFolder = Path.Combine(folder.Path, "data", "track"), Port = 0, OpenRequestsPerSecond = 0 };

    private async Task MakeRegistryAsync()
    {
        await using (await TrackServer.StartAsync(Options, Cancel))
        {
        }

        await folder.RunAsync("tenant", "create", "hub", "--public", "--data", "data");
    }

    private async Task<JsonObject> ImportAsync(params string[] args) => (await folder.RunAsync(["import", .. args, "--data", "data", "--tenant", "hub", "--json"])).Json;

    private static string Model(int number) => $$"""{"id":"acme/m{{number}}","downloads":{{number}},"base_model":"acme/base","base_model_relation":"finetune","tags":["license:mit","dataset:squad"]}""";

    /// <summary>What the registry then shows to everybody.</summary>
    private async Task<JsonNode> GetAsync(string path)
    {
        await using var server = await TrackServer.StartAsync(Options, Cancel);
        using var http = new HttpClient { BaseAddress = server.LocalUrl };
        return JsonNode.Parse(await http.GetStringAsync(path, Cancel))!;
    }

    [Fact]
    public async Task A_hubs_dump_comes_in_and_what_cannot_be_read_is_named()
    {
        await MakeRegistryAsync();
        folder.Write("hub.jsonl", string.Join('\n', Model(1), "{broken", $$$"""{"modelId":"acme/base","license":"apache-2.0","siblings":[{"rfilename":"model.safetensors","lfs":{"sha256":"{{{Hex}}}"}}]}""", """{"no":"id"}""", Model(2)) + "\n");
        var done = await ImportAsync("hub.jsonl");
        Assert.Equal((true, 3, 4, 2), ((bool)done["ok"]!, (int)done["nodes"]!, (int)done["links"]!, (int)done["bad"]!));
        var file = done["files"]![0]!;
        Assert.Equal(("hub", "huggingface", 5), ((string)file["format"]!, (string)file["source"]!, (int)file["lines"]!));
        Assert.StartsWith("hub.jsonl:2: not valid JSON", (string)file["faults"]![0]!, StringComparison.Ordinal);
        Assert.StartsWith("hub.jsonl:4: there is no id", (string)file["faults"]![1]!, StringComparison.Ordinal);

        var impact = await GetAsync($"/v1/artifacts/sha256:{Hex}/impact");
        Assert.Equal(["hf://acme/m1", "hf://acme/m2"], impact["items"]!.AsArray().Select(item => (string)item!["id"]!));
        Assert.All(impact["items"]!.AsArray(), item => Assert.Equal(("fine_tuned_from", "described"), ((string)item!["via"]!["relationship"]!, (string)item["via"]!["tier"]!)));
        Assert.True((bool)(await ImportAsync("hub.jsonl"))["files"]![0]!["already_imported"]!);
        var strict = (await folder.RunAsync("import", "hub.jsonl", "--strict", "--again", "--data", "data", "--tenant", "hub")).Exits(1);
        Assert.Contains("hub.jsonl:2", strict.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', strict.Error);
    }

    [Fact]
    public async Task A_packed_dump_of_one_long_array_is_read_from_the_format_that_is_named()
    {
        await MakeRegistryAsync();
        using (var packed = new GZipStream(File.Create(Path.Combine(folder.Path, "hub.json.gz")), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes($"[\n{string.Join(",\n", Enumerable.Range(0, 2500).Select(Model))}\n]\n"));
        }

        var done = await ImportAsync("hub.json.gz", "--format", "hub", "--source", "mirror");
        Assert.Equal((2500, 0, "mirror"), ((int)done["nodes"]!, (int)done["bad"]!, (string)done["files"]![0]!["source"]!));
        Assert.Equal(2, (await folder.RunAsync("import", "x", "--format", "nonsense")).ExitCode);
    }

    [Fact]
    public async Task An_import_that_was_stopped_goes_on_where_it_was()
    {
        await MakeRegistryAsync();
        var lines = Enumerable.Range(0, 12_000).Select(Model).ToList();
        folder.Write("hub.jsonl", string.Join('\n', lines) + "\n");
        using (var stop = new CancellationTokenSource())
        {
            await using var server = await TrackServer.StartAsync(Options, Cancel);
            folder["AIXV_TRACK_KEY"] = server.Registry is { } registry ? await registry.CreateOperatorKeyAsync(TimeSpan.FromMinutes(5), Cancel) : "";
            var counted = new Counter(3, stop);
            var app = folder.CreateApp(TextWriter.Null, TextWriter.Null, stop.Token) with { Http = () => new CountingHandler(counted) };
            await CommandLine.RunAsync(["import", "hub.jsonl", "--server", server.LocalUrl.ToString(), "--tenant", "hub"], app);
            Assert.InRange(counted.Batches, 2, 5);
        }

        var done = await ImportAsync("hub.jsonl");
        var file = done["files"]![0]!;
        Assert.InRange((long)file["resumed_at"]!, 2000, 11_000);
        Assert.Equal((12_000, 12_000, false), ((int)done["nodes"]!, (int)file["lines"]!, (bool)file["already_imported"]!));
        Assert.Equal(0, (await folder.RunAsync("track", "audit", "--data", "data")).ExitCode);

        // Another dump with the same beginning is imported from its own.
        lines[11_999] = lines[11_999].Replace("finetune", "quantized", StringComparison.Ordinal);
        folder.Write("hub.jsonl", string.Join('\n', lines) + "\n");
        var newer = (await ImportAsync("hub.jsonl"))["files"]![0]!;
        Assert.Equal((12_000L, false, null), ((long)newer["nodes"]!, (bool)newer["already_imported"]!, (long?)newer["resumed_at"]));
    }

    /// <summary>Ends the process, as it were, after some batches.</summary>
    private sealed class Counter(int end, CancellationTokenSource stop)
    {
        public int Batches { get; private set; }

        public async Task CountAsync()
        {
            if (++Batches == end)
            {
                await stop.CancelAsync();
                throw new OperationCanceledException("stopped by the test");
            }
        }
    }

    private sealed class CountingHandler(Counter counter) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath == "/v1/import" && request.Method == HttpMethod.Post)
            {
                await counter.CountAsync();
            }

            return response;
        }
    }

    [Theory]
    [InlineData("mlflow", """{"run":{"info":{"run_id":"r1","run_name":"tune"},"data":{"params":[{"key":"base_model","value":"acme/base"}],"tags":[]},"inputs":{"dataset_inputs":[{"dataset":{"name":"squad","digest":"ab12","source_type":"hf","source":"{\"path\":\"squad\"}"}}]}}}""", 2, 2)]
    [InlineData("mlflow", """{"registered_models":[{"name":"churn","latest_versions":[{"name":"churn","version":"3","run_id":"r1","current_stage":"Production"}]}]}""", 1, 1)]
    [InlineData("openlineage", """{"eventType":"COMPLETE","eventTime":"2026-01-01T00:00:00Z","run":{"runId":"01890a5d-ac96-774b-bcce-b302099a8057"},"job":{"namespace":"n","name":"train"},"inputs":[{"namespace":"s3://b","name":"raw"}],"outputs":[{"namespace":"s3://b","name":"clean"}]}""", 2, 3)]
    [InlineData("cyclonedx", """{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"machine-learning-model","name":"m","hashes":[{"alg":"SHA-256","content":"abababababababababababababababababababababababababababababababab"}],"pedigree":{"ancestors":[{"type":"machine-learning-model","name":"base"}]}}}}""", 1, 1)]
    [InlineData("in-toto", """{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"m","digest":{"sha256":"abababababababababababababababababababababababababababababababab"}}],"predicateType":"https://aixv.org/attestation/training/v1","predicate":{"parent_models":[{"uri":"hf://acme/base"}],"datasets":[]}}""", 1, 1)]
    public async Task Documents_of_other_tools_are_known_by_their_content(string format, string document, int nodes, int links)
    {
        await MakeRegistryAsync();
        folder.Write("document", document);
        var done = await ImportAsync("document");
        Assert.Equal((format, 0, nodes, links), ((string)done["files"]![0]!["format"]!, (int)done["bad"]!, (int)done["nodes"]!, (int)done["links"]!));
    }

    [Fact]
    public async Task What_is_no_graph_is_refused_and_does_not_keep_others_out()
    {
        await MakeRegistryAsync();
        folder.Write("poem.txt", "Roses are red\n");
        folder.Write("hub.jsonl", Model(1) + "\n" + Model(2));
        var run = await folder.RunAsync("import", "poem.txt", "missing.jsonl", "hub.jsonl", "--data", "data", "--tenant", "hub", "--json");
        Assert.Equal((1, 2, "poem.txt"), (run.ExitCode, (int)run.Json["nodes"]!, (string)run.Json["files"]![0]!["path"]!));
        Assert.Contains("none of the formats", (string)run.Json["files"]![0]!["error"]!, StringComparison.Ordinal);
        Assert.Contains("missing.jsonl", (string)run.Json["files"]![1]!["error"]!, StringComparison.Ordinal);
    }
}
