using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aixv.Bench.Measuring;
using Aixv.Bench.Yardsticks;
using Aixv.Track.Hosting;

namespace Aixv.Bench.Rows;

/// <summary>The registry on SQLite and files, under wrk: attesting models with durable receipts as the answer, and reading what is there.</summary>
internal sealed class TrackRow : Row
{
    internal override string Name => "track";

    internal override async Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        if (!Wrk.IsInstalled)
        {
            return [Line.Missing("attesting over HTTP", "wrk is needed")];
        }

        var folder = Directory.CreateDirectory(Path.Combine(options.Scratch, "track")).FullName;
        try
        {
            await using var ceiling = await LogHost.StartAsync(Path.Combine(folder, "ceiling"));
            await using var track = await TrackServer.StartAsync(new TrackOptions { DataFolder = Path.Combine(folder, "data"), Port = 0, OpenRequestsPerSecond = 0 });
            using var http = new HttpClient { BaseAddress = track.LocalUrl };
            http.DefaultRequestHeaders.Add("X-API-Key", track.FirstKey!.AdminKey);
            var agent = await PostAsync(http, "/v1/agents", new JsonObject { ["display_name"] = "bench" });
            var script = new AttestScript(folder, track.FirstKey.AdminKey, agent["id"]!.GetValue<string>());
            var lines = Attest(options, track, ceiling, script).ToList();
            var model = await PostAsync(http, "/v1/models/attest", new JsonObject { ["agent_id"] = agent["id"]!.GetValue<string>(), ["name"] = "read", ["hash"] = new string('a', 64) });
            lines.AddRange(Read(options, track, ceiling, script, model));
            return lines;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, JsonObject body)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static IEnumerable<Line> Attest(BenchOptions options, TrackServer track, LogHost ceiling, AttestScript script)
    {
        var tails = new List<double>();
        var paired = Paired.Measure(
            options.Repeats,
            () =>
            {
                var result = Wrk.Run(new Uri(track.LocalUrl, "/v1/models/attest").AbsoluteUri, script.WriteNext());
                tails.Add(result.P99);
                return result.Rate;
            },
            () => Wrk.Run(ceiling.Url + "/ceiling", script.WriteNext()).Rate);
        yield return Line.AtLeast("attesting over HTTP, SQLite, 1 KiB", $"{paired.Ours:#,0} /s", $"{paired.Yardstick:#,0} /s, Kestrel reading the same body", paired.Ratio, 0.25);
        yield return new Line(
            "the same, rate and time to the receipt (p99, full load)", $"{paired.Ours:#,0} /s, {Paired.Median([.. tails]):0.0} ms", "", null, "≥ 5,000 /s", paired.Ours >= 5_000);
    }

    private static IEnumerable<Line> Read(BenchOptions options, TrackServer track, LogHost ceiling, AttestScript script, JsonNode model)
    {
        foreach (var (what, path) in ((string, string)[])[("reading a model", $"/v1/models/{model["model_id"]}"), ("reading a receipt", $"/v1/receipts/{model["receipt_id"]}")])
        {
            var get = script.WriteGet();
            var paired = Paired.Measure(
                options.Repeats, () => Wrk.Run(new Uri(track.LocalUrl, path).AbsoluteUri, get).Rate, () => Wrk.Run(ceiling.Url + "/ceiling/tile", get).Rate);
            yield return Line.AtLeast(what, $"{paired.Ours:#,0} /s", $"{paired.Yardstick:#,0} /s, Kestrel sending 8 KiB from memory", paired.Ratio, 0.5);
        }
    }

    /// <summary>What wrk sends: bodies of the ceiling's size, none twice.</summary>
    private sealed class AttestScript(string folder, string key, string agent)
    {
        private int run;

        public string WriteNext()
        {
            run++;
            var path = Path.Combine(folder, "attest.lua");
            File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $$$"""
                wrk.method = 'POST'
                wrk.headers['Content-Type'] = 'application/json'
                wrk.headers['X-API-Key'] = '{{{key}}}'
                local n = 0
                request = function()
                  n = n + 1
                  local body = string.format('{"agent_id":"{{{agent}}}","name":"m-{{{run}}}-%d","hash":"%064x","framework":"pytorch","metadata":{"text":"', n, n + {{{run}}} * 100000000)
                  return wrk.format(nil, nil, nil, body .. string.rep('x', {{{LogHost.EntryBytes}}} - #body - 3) .. '"}}')
                end
                """));
            return path;
        }

        public string WriteGet()
        {
            var path = Path.Combine(folder, "get.lua");
            File.WriteAllText(path, $"wrk.headers['X-API-Key'] = '{key}'\n");
            return path;
        }
    }
}
