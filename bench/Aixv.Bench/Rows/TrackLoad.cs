using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aixv.Bench.Yardsticks;

namespace Aixv.Bench.Rows;

/// <summary>What wrk sends to a registry: attestations of the ceiling's size, none twice, and requests that read.</summary>
internal sealed class TrackLoad(string folder, Uri node, string key, string agent)
{
    private static int runs;

    internal string Agent => agent;

    /// <summary>Registers an agent and returns what attests by it.</summary>
    internal static async Task<TrackLoad> StartAsync(string folder, ServerProcess node, string? key = null)
    {
        var load = new TrackLoad(folder, node.Url, key ?? node.Said["key"]!.GetValue<string>(), "");
        var made = await load.PostAsync("/v1/agents", new JsonObject { ["display_name"] = "bench" });
        return new TrackLoad(folder, load.Node, load.Key, made["id"]!.GetValue<string>());
    }

    internal Uri Node => node;

    internal string Key => key;

    internal string At(string path) => new Uri(node, path).AbsoluteUri;

    internal TrackLoad On(ServerProcess other) => new(folder, other.Url, key, agent);

    internal async Task<JsonNode> PostAsync(string path, JsonObject body)
    {
        using var http = new HttpClient { BaseAddress = node };
        http.DefaultRequestHeaders.Add("X-API-Key", key);
        using var response = await http.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Models that were never attested before.</summary>
    /// <param name="run">The number of this run: the models' digests follow from it.</param>
    /// <param name="pause">How long a connection rests between two requests, in milliseconds and on average.</param>
    internal string Attest(out int run, double pause = 0)
    {
        run = Interlocked.Increment(ref runs);
        return Write($"attest-{run}.lua", string.Create(CultureInfo.InvariantCulture, $$$"""
            wrk.method = 'POST'
            wrk.headers['Content-Type'] = 'application/json'
            wrk.headers['X-API-Key'] = '{{{key}}}'
            local n = 0
            local tail = string.rep('x', {{{LogHost.EntryBytes}}})
            {{{(pause > 0 ? string.Create(CultureInfo.InvariantCulture, $"delay = function() return math.random(0, {(int)Math.Ceiling(2 * pause)}) end") : "")}}}
            request = function()
              n = n + 1
              local body = string.format('{"agent_id":"{{{agent}}}","name":"m-{{{run}}}-%d","hash":"%064x","framework":"pytorch","metadata":{"text":"', n, n + {{{run}}} * 100000000)
              return wrk.format(nil, nil, nil, body .. string.sub(tail, 1, {{{LogHost.EntryBytes}}} - #body - 3) .. '"}}')
            end
            """));
    }

    internal string Attest() => Attest(out _);

    internal string Get() => Write("get.lua", $"wrk.headers['X-API-Key'] = '{key}'\n");

    /// <summary>Asks for a verdict: always of one digest, or of each model of a run once.</summary>
    internal string Verify(int? run) => Write($"verify-{run}.lua", string.Create(CultureInfo.InvariantCulture, $$$"""
        wrk.method = 'POST'
        wrk.headers['Content-Type'] = 'application/json'
        wrk.headers['X-API-Key'] = '{{{key}}}'
        local n = 0
        request = function()
          n = n + 1
          return wrk.format(nil, nil, nil, string.format('{"hash":"%064x"}', {{{(run is null ? "1" : $"n + {run} * 100000000")}}}))
        end
        """));
}
