using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Track.Hosting;

namespace Aixv.Cli.Tests.Commands;

/// <summary>Receipts of a real registry in exports: <c>--receipt</c>.</summary>
public sealed class ExportReceiptTests : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly CliFolder folder = new() { ForbidNetwork = false };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    /// <summary>Attests a model of this digest at a registry, and saves what the registry gives as a receipt.</summary>
    /// <returns>The log's key.</returns>
    private async Task<string> AttestAsync(string hex)
    {
        await using var server = await TrackServer.StartAsync(new TrackOptions { DataFolder = Path.Combine(folder.Path, "track"), Port = 0 }, Cancel);
        using var http = new HttpClient { BaseAddress = server.Url };
        http.DefaultRequestHeaders.Add("X-API-Key", server.FirstKey!.AdminKey);
        var agent = await PostAsync(http, "v1/agents", """{"display_name": "trainer"}""");
        var model = await PostAsync(http, "v1/models/attest", $$"""{"name": "m", "hash": "{{hex}}", "agent_id": "{{agent["id"]}}", "framework": "pytorch"}""");
        await SaveAsync(http, $"v1/receipts/{model["receipt_id"]}/proof-bundle?format=cose", "receipt.cose");
        await SaveAsync(http, $"v1/receipts/{model["receipt_id"]}/proof-bundle", "receipt.json");
        return (await http.GetStringAsync("log/key", Cancel)).Trim();
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = Json } };
        using var answer = await http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private async Task SaveAsync(HttpClient http, string path, string name) =>
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, name), await http.GetByteArrayAsync(new Uri(path, UriKind.Relative), Cancel), Cancel);

    private Task<CliRun> ExportAsync(string artifact, string receipt) => folder.RunAsync(
        "export", artifact, "--format", "scitt-transparent-statement,cose-receipt", "--receipt", receipt, "-o", "out", "--timestamp", "2026-01-01T00:00:00Z", "--offline", "--json");

    [Fact]
    public async Task A_registry_s_transparent_statement_is_given_on_and_its_receipt_taken_out()
    {
        folder.Write("model.bin", "weights");
        var hex = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("weights"u8));
        var key = await AttestAsync(hex);
        var answer = (await ExportAsync("model.bin", "receipt.cose")).Exits(0).Json;
        Assert.DoesNotContain(answer["warnings"]!.AsArray(), w => ((string)w!).Contains("does not name", StringComparison.Ordinal));
        var whole = Path.Combine("out", "scitt-transparent-statement.transparent.cose");
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "receipt.cose"), Cancel), await File.ReadAllBytesAsync(Path.Combine(folder.Path, whole), Cancel));
        (await folder.RunAsync("receipt", "verify", whole, "--log-key", key)).Exits(0);
        foreach (var document in (string[])[whole, Path.Combine("out", "cose-receipt.receipt.cose")])
        {
            (await folder.RunAsync("export", "--check", document)).Exits(0);
        }

        // The receipt by itself is a receipt, and no statement can be made of it.
        File.Copy(Path.Combine(folder.Path, "out", "cose-receipt.receipt.cose"), Path.Combine(folder.Path, "bare.cose"));
        var refused = (await ExportAsync("model.bin", "bare.cose")).Exits(1).Json;
        Assert.Contains("the signed statement that the receipt is of", (string?)refused["error"], StringComparison.Ordinal);

        folder.Write("other.bin", "other weights");
        var other = (await ExportAsync("other.bin", "receipt.cose")).Exits(0).Json;
        Assert.Contains(other["warnings"]!.AsArray(), w => ((string)w!).Contains("receipt.cose: the statement does not name sha256:", StringComparison.Ordinal));
        Assert.Contains("ask the registry for proof-bundle?format=cose", (string?)(await ExportAsync("model.bin", "receipt.json")).Exits(1).Json["error"], StringComparison.Ordinal);
        folder.Write("nothing.cose", "no CBOR");
        Assert.Contains("nothing.cose: ", (string?)(await ExportAsync("model.bin", "nothing.cose")).Exits(1).Json["error"], StringComparison.Ordinal);
    }
}
