using System.Text.Json.Nodes;

namespace Aixv.Cli.Tests.Commands;

public sealed class ServeCommandTests : IDisposable
{
    private readonly CliFolder folder = new() { ForbidNetwork = false };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_says_how_to_trust_it_serves_and_stops_when_asked()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var output = new FirstLine();
        var running = CommandLine.RunAsync(
            ["serve", "--port", "0", "--data", "data", "--quiet", "--json"], folder.CreateApp(output, TextWriter.Null, stop.Token));
        var said = JsonNode.Parse(await output.Said.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken))!;
        Assert.True((bool?)said["ok"]);
        (await folder.RunAsync("trust", "add", "local", (string)said["tuf_url"]!, "--fingerprint", (string)said["root_fingerprint"]!)).Exits(0);
        (await folder.RunAsync("trust", "update", "local")).Exits(0);
        Assert.Equal("machine", (string?)said["accounts"]!["machine"]!["name"]);

        // The folder is in use, and a second process must not open it.
        (await folder.RunAsync("serve", "--port", "0", "--data", "data", "--quiet")).Exits(3);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_tenant_is_public_when_asked_and_later_that_changes_nothing(bool isPublic)
    {
        var said = await ServeOnceAsync(isPublic ? ["--public"] : []);
        var tenants = (await folder.RunAsync("tenant", "list", "--data", "data", "--json")).Exits(0).Json;
        Assert.Contains(isPublic ? "public" : "private", tenants.ToJsonString());
        Assert.NotNull(said["registry"]);
        Assert.Null((await ServeOnceAsync("--public"))["registry"]);
        Assert.Equal(tenants.ToJsonString(), (await folder.RunAsync("tenant", "list", "--data", "data", "--json")).Exits(0).Json.ToJsonString());
    }

    private async Task<JsonNode> ServeOnceAsync(params string[] more)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var output = new FirstLine();
        var running = CommandLine.RunAsync(
            ["serve", "--port", "0", "--data", "data", "--quiet", "--json", .. more], folder.CreateApp(output, TextWriter.Null, stop.Token));
        var said = await output.Said.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        Assert.Equal(0, await running);
        return JsonNode.Parse(said)!;
    }

    [Fact]
    public async Task A_port_that_is_taken_exits_3()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains($"cannot listen on localhost:{port}", (await folder.RunAsync("serve", "--port", port, "--data", "data", "--quiet")).Exits(3).Error);
    }

    /// <summary>Tells of the first flush, which comes after the first line.</summary>
    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> said = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Said => said.Task;

        public override void Flush() => said.TrySetResult(ToString());
    }
}
