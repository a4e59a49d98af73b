using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Bench.Measuring;
using Aixv.Bench.Yardsticks;

namespace Aixv.Bench.Rows;

/// <summary>Lineage of a whole hub over HTTP, imported into a registry in a process of its own: what came of a base with 100,000 children, and where any model came from.</summary>
internal sealed class LineageServerRow : Row
{
    private const int ModelsPerBatch = 2500;
    private const int Asked = 2000;

    internal override string Name => "lineage-server";

    internal override async Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var folder = options.EmptyFolder("lineage-server");
        try
        {
            var dump = new HubDump(options.Artifacts, seed: 2);
            var lines = new List<Line> { await LoadAsync(folder, dump) };
            await using var server = await ServerProcess.StartAsync("track", folder);
            using var http = new HttpClient { BaseAddress = server.Url };
            var began = Stopwatch.GetTimestamp();
            var artifact = JsonNode.Parse(await http.GetStringAsync($"/v1/artifacts/{HubDump.DigestOf(0)}"))!;
            lines.Add(new Line(
                $"start of the server until the first answer, {dump.Models:#,0} artifacts, 2 edges each", $"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s", "", null, "", null));
            lines.Add(new Line("its memory then", $"{PeakMemory.Read(server.Id) / 1024:#,0} MiB", "", null, "", null));
            lines.Add(await StreamAsync(http, artifact["child_count"]!.GetValue<int>()));
            lines.Add(await AskAsync(http, "its first page of 100", i => $"/v1/artifacts/{HubDump.DigestOf(i % 2 == 0 ? 0 : i * 7919 % dump.Models)}/impact", 50));
            lines.Add(await AskAsync(http, "trace of any artifact", i => $"/v1/artifacts/{HubDump.DigestOf((int)(i * 2_654_435_761L % dump.Models))}/lineage?direction=ancestors&depth=1000", 10));
            return lines;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>By the same batches that <c>aixv import</c> sends.</summary>
    private static async Task<Line> LoadAsync(string folder, HubDump dump)
    {
        await using var server = await ServerProcess.StartAsync("track", folder);
        using var http = new HttpClient { BaseAddress = server.Url };
        var tenant = await SendAsync(http, server.OperatorKey, "/v1/tenants", Encoding.UTF8.GetBytes("""{"name":"hub","visibility":"public"}"""));
        var key = (await SendAsync(http, server.OperatorKey, $"/v1/tenants/{tenant["id"]}/api-keys", Encoding.UTF8.GetBytes("""{"name":"bench","scopes":["import:write"]}""")))["key"]!.GetValue<string>();
        var (began, number) = (Stopwatch.GetTimestamp(), 0);
        foreach (var batch in dump.Nodes().Chunk(ModelsPerBatch))
        {
            var body = string.Create(CultureInfo.InvariantCulture, $$"""{"source":"bench","input":"bench","run":"bench","number":{{number++}},"nodes":[{{string.Join(',', batch)}}]}""");
            await SendAsync(http, key, "/v1/import", Encoding.UTF8.GetBytes(body));
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new Line($"import of {dump.Models:#,0} artifacts over HTTP", $"{seconds:0} s, {dump.Models / seconds:#,0} /s", "", null, "", null);
    }

    private static async Task<JsonNode> SendAsync(HttpClient http, string key, string path, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        request.Headers.Add("X-API-Key", key);
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private static async Task<Line> StreamAsync(HttpClient http, int children)
    {
        var (best, count) = (double.MaxValue, 0L);
        for (var i = 0; i < 3; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var stream = await http.GetStreamAsync($"/v1/artifacts/{HubDump.DigestOf(0)}/impact?format=ndjson");
            using var reader = new StreamReader(stream);
            var last = "";
            while (await reader.ReadLineAsync() is { } line)
            {
                last = line;
            }

            count = JsonNode.Parse(last)!["count"]!.GetValue<long>();
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return new Line($"impact of a base with {children:#,0} children, streamed completely: {count:#,0} artifacts", $"{best:0.00} s, {count / best:#,0} /s", "", null, "complete", count >= children);
    }

    private static async Task<Line> AskAsync(HttpClient http, string what, Func<int, string> path, double goal)
    {
        var times = new double[Asked];
        for (var i = -Asked / 4; i < Asked; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var response = await http.GetAsync(path(Math.Abs(i)));
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        var p99 = times[Asked * 99 / 100];
        return new Line($"{what}, p50 and p99", $"{times[Asked / 2]:0.0} ms, {p99:0.0} ms", "", null, $"p99 < {goal:0} ms", p99 < goal);
    }
}
