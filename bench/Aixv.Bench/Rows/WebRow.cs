using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Bench.Measuring;
using Aixv.Track.Hosting;
using Microsoft.Playwright;

namespace Aixv.Bench.Rows;

/// <summary>The page of a model with 300 nodes: how long the server takes, how soon a cold browser shows it and answers, how long the script is; and a base with 100,000 descendants.</summary>
internal sealed partial class WebRow : Row
{
    private const int Requests = 300;
    private const int Family = 100_000;
    private const int Batch = 4000;
    private const int Depth = 8;
    private const string Program = "/usr/bin/chromium";
    private static readonly string[] Relations = ["fine_tuned_from", "quantized_from", "merged_from", "adapted_from"];
    private static readonly string Wide = $"/artifacts/sha256:{new string('a', 64)}";
    private static readonly string Big = $"/artifacts/sha256:{new string('b', 64)}";

    internal override string Name => "web";

    [GeneratedRegex("(?:src|href)=\"(/assets/[^\"]+\\.(?:js|css))\"")]
    private static partial Regex Assets { get; }

    internal override async Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var folder = Path.Combine(options.Scratch, "web");
        try
        {
            await using var track = await TrackServer.StartAsync(new TrackOptions { DataFolder = folder, Port = 0, OpenRequestsPerSecond = 0 });
            using var http = new HttpClient { BaseAddress = track.LocalUrl };
            await FillAsync(http, track.FirstKey!.OperatorKey);
            List<Line> lines =
            [
                Goal("page of 300 nodes, server, p99", await TailAsync(http, Wide), 50),
                Goal($"page of a base with {Family:N0} descendants, server, p99", await TailAsync(http, Big), 100),
                await ScriptAsync(http),
            ];
            lines.AddRange(await BrowseAsync(options, track.LocalUrl));
            return lines;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Line Goal(string what, double milliseconds, double most) =>
        Line.AtMost(what, $"{milliseconds:0.0} ms", $"{most:#,0} ms, the goal", milliseconds / most, 1);

    private static async Task FillAsync(HttpClient http, string operatorKey)
    {
        var tenant = await PostAsync(http, "/v1/tenants", new JsonObject { ["name"] = "hub", ["visibility"] = "public" }, operatorKey);
        var key = (await PostAsync(
            http, $"/v1/tenants/{tenant["id"]}/api-keys", new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)"admin") }, operatorKey))["key"]!.GetValue<string>();
        await ImportAsync(http, key, "wide", WideFamily());
        await ImportAsync(http, key, "big", Enumerable.Range(0, Family).Select(i => Node($"hf://big/{i}", "fine_tuned_from", Big["/artifacts/".Length..])));
    }

    /// <summary>More than 300 nodes within two links.</summary>
    private static IEnumerable<JsonObject> WideFamily()
    {
        foreach (var relation in Relations)
        {
            for (var i = 0; i < 12; i++)
            {
                var child = $"hf://wide/{relation}-{i}";
                yield return Node(child, relation, Wide["/artifacts/".Length..]);
                for (var j = 0; j < Depth; j++)
                {
                    yield return Node($"{child}-{j}", "fine_tuned_from", child);
                }
            }
        }
    }

    private static JsonObject Node(string id, string relation, string parent) => new()
    {
        ["id"] = id,
        ["kind"] = "model",
        ["properties"] = new JsonObject { ["licence"] = "apache-2.0", ["downloads"] = "12" },
        ["links"] = new JsonArray(new JsonArray((JsonNode)relation, (JsonNode)parent)),
    };

    private static async Task ImportAsync(HttpClient http, string key, string run, IEnumerable<JsonObject> nodes)
    {
        var number = 0;
        foreach (var chunk in nodes.Chunk(Batch))
        {
            await PostAsync(http, "/v1/import", new JsonObject { ["source"] = run, ["input"] = run, ["run"] = run, ["number"] = number++, ["nodes"] = new JsonArray([.. chunk]) }, key);
        }
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, JsonObject body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("X-API-Key", key);
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    /// <summary>Milliseconds of the slowest but one in a hundred, one request after the other, as a browser asks: compressed.</summary>
    private static async Task<double> TailAsync(HttpClient http, string path)
    {
        var times = new List<double>();
        for (var i = 0; i < Requests + (Requests / 10); i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.AcceptEncoding.ParseAdd("br");
            var started = Stopwatch.GetTimestamp();
            using var response = await http.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        // The first tenth warms up.
        return times.Skip(Requests / 10).Order().ElementAt((Requests * 99 / 100) - 1);
    }

    private static async Task<Line> ScriptAsync(HttpClient http)
    {
        var total = 0;
        foreach (Match asset in Assets.Matches(await http.GetStringAsync("/")))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, asset.Groups[1].Value);
            request.Headers.AcceptEncoding.ParseAdd("br");
            using var response = await http.SendAsync(request);
            total += (await response.Content.ReadAsByteArrayAsync()).Length;
        }

        return total == 0
            ? Line.Missing("script and style, compressed", "the program was built without npm")
            : Line.AtMost("script and style, compressed", $"{total / 1000.0:0.0} kB", "300 kB, the goal", total / 300_000.0, 1);
    }

    private static async Task<IReadOnlyList<Line>> BrowseAsync(BenchOptions options, Uri url)
    {
        if (!File.Exists(Program))
        {
            return [Line.Missing("page of 300 nodes in a browser", "chromium is needed")];
        }

        using var playwright = await Playwright.CreateAsync();
        var (paints, answers) = (new List<double>(), new List<double>());
        for (var i = 0; i < options.Repeats; i++)
        {
            await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-dev-shm-usage"] });
            var page = await browser.NewPageAsync();
            await page.GotoAsync(new Uri(url, Wide).AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
            answers.Add(await page.EvaluateAsync<double>("() => new Promise(done => { const look = () => document.querySelectorAll('svg.drawing .node').length >= 300 ? requestAnimationFrame(() => setTimeout(() => done(performance.now()))) : setTimeout(look, 5); look(); })"));
            paints.Add(await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"));
        }

        return
        [
            Goal("page of 300 nodes, cold browser, first contentful paint", paints.Order().ElementAt(paints.Count / 2), 1000),
            Goal("page of 300 nodes, cold browser, graph drawn and interactive", answers.Order().ElementAt(answers.Count / 2), 2000),
        ];
    }
}
