using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Witnessing;
using Aixv.Transparency.Writing;

namespace Aixv.Cli.Tests.Commands;

public sealed class WitnessCommandTests : IDisposable
{
    private readonly CliFolder folder = new() { ForbidNetwork = false };
    private readonly SigningKey logKey = SigningKey.Generate(KeyAlgorithm.Ed25519);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        folder.Dispose();
        logKey.Dispose();
    }

    [Fact]
    public async Task A_running_witness_cosigns_a_log_as_it_grows_and_remembers_it()
    {
        var signer = new NoteSigner("log.example/x", logKey);
        await using var log = await TileLog.OpenAsync(
            new FileTileStore(Path.Combine(folder.Path, "log")), signer, new TileLogOptions(), TimeProvider.System, Cancel);
        using var http = new HttpClient();
        string key;
        await using (var witness = await Witnessing.StartAsync(folder, signer.Verifier.ToVerifierKey()))
        {
            key = witness.Key;
            var client = new WitnessClient(http, witness.Url, CosignatureVerifier.Parse(key));
            for (var i = 0; i < 3; i++)
            {
                var entry = await log.AppendAsync(new byte[] { (byte)i }, Cancel);
                var cosignature = await client.CosignAsync(entry.Checkpoint, ProveAsync, Cancel);
                Assert.Equal(NoteVerdict.Valid, CosignatureVerifier.Parse(key).Check(
                    SignedNote.Create(entry.Checkpoint.Text, entry.Checkpoint.Signatures.Add(cosignature)), out _));
            }

            using var wrong = await http.PostAsync(new Uri(witness.Url, "add-checkpoint"), new StringContent("old x\n"), Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
            using var large = await http.PostAsync(new Uri(witness.Url, "add-checkpoint"), new ByteArrayContent(new byte[1 << 20]), Cancel);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
            using var get = await http.GetAsync(new Uri(witness.Url, "add-checkpoint"), Cancel);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
            (await folder.RunAsync("witness", "--name", "w.example", "--log", signer.Verifier.ToVerifierKey(), "--data", "witness", "--port", "0")).Exits(3);
        }

        await using (var again = await Witnessing.StartAsync(folder, signer.Verifier.ToVerifierKey()))
        {
            Assert.Equal(key, again.Key);

            // A client that knows nothing is told the size, and proves from there.
            var entry = await log.AppendAsync(new byte[] { 9 }, Cancel);
            await new WitnessClient(http, again.Url, CosignatureVerifier.Parse(key)).CosignAsync(entry.Checkpoint, ProveAsync, Cancel);

            // Another history under the same key gets nothing.
            await using var fork = await TileLog.OpenAsync(
                new FileTileStore(Path.Combine(folder.Path, "fork")), signer, new TileLogOptions(), TimeProvider.System, Cancel);
            for (var i = 0; i < 5; i++)
            {
                entry = await fork.AppendAsync(new byte[] { (byte)(100 + i) }, Cancel);
            }

            var refused = await Assert.ThrowsAsync<HttpRequestException>(() => new WitnessClient(http, again.Url, CosignatureVerifier.Parse(key)).CosignAsync(
                entry.Checkpoint, async (old, token) => await (await OpenAsync("fork", entry.Checkpoint)).ProveConsistencyAsync(old, 5, token), Cancel));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        async Task<Transparency.Merkle.ConsistencyProof> ProveAsync(ulong old, CancellationToken token)
        {
            var published = SignedNote.Parse(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "log", "checkpoint"), token));
            return await (await OpenAsync("log", published)).ProveConsistencyAsync(old, Checkpoint.Parse(published.Text.Span).Size, token);
        }

        Task<TileReader> OpenAsync(string name, SignedNote checkpoint) =>
            TileReader.OpenAsync(new FileTileStore(Path.Combine(folder.Path, name)), Checkpoint.Parse(checkpoint.Text.Span), Cancel);
    }

    [Fact]
    public async Task A_witness_that_is_killed_remembers_what_it_signed()
    {
        var signer = new NoteSigner("log.example/x", logKey);
        using var http = new HttpClient();
        var start = new ProcessStartInfo("dotnet",
            [typeof(CommandLine).Assembly.Location, "witness", "--name", "w.example", "--log", signer.Verifier.ToVerifierKey(), "--data", "witness", "--port", "0", "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
            Environment = { ["AIXV_HOME"] = folder.Path },
        };
        var checkpoints = new[] { "a"u8.ToArray(), "b"u8.ToArray() }
            .Select(leaf => signer.Sign(new Checkpoint("log.example/x", 1, Transparency.Merkle.MerkleTree.HashLeaf(leaf), []).ToText())).ToArray();
        foreach (var isFirst in (bool[])[true, false])
        {
            using var process = Process.Start(start)!;
            try
            {
                var said = JsonNode.Parse((await process.StandardOutput.ReadLineAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancel))!)!;
                using var body = new ByteArrayContent(new AddCheckpointRequest(0, [], checkpoints[isFirst ? 0 : 1]).ToBytes());
                using var answer = await http.PostAsync(new Uri($"{said["url"]}/add-checkpoint"), body, Cancel);
                Assert.Equal(isFirst ? HttpStatusCode.OK : HttpStatusCode.Conflict, answer.StatusCode);
                Assert.Equal(isFirst ? "text/plain" : "text/x.tlog.size", answer.Content.Headers.ContentType!.MediaType);
            }
            finally
            {
                process.Kill();
                await process.WaitForExitAsync(Cancel);
            }
        }
    }

    [Fact]
    public async Task What_it_needs_must_be_given()
    {
        (await folder.RunAsync("witness", "--name", "w")).Exits(2);
        (await folder.RunAsync("witness", "--name", "two words", "--log", new NoteSigner("log", logKey).Verifier.ToVerifierKey(), "--port", "0")).Exits(2);
        (await folder.RunAsync("witness", "--name", "w", "--log", "no key", "--port", "0")).Exits(1);
        (await folder.RunAsync("witness", "--name", "w", "--log", "x", "--port", "70000")).Exits(2);
    }

    /// <summary>The command, running.</summary>
    private sealed class Witnessing(Uri url, string key, CancellationTokenSource stop, Task<int> running) : IAsyncDisposable
    {
        public Uri Url => url;

        public string Key => key;

        public static async Task<Witnessing> StartAsync(CliFolder folder, string logKey)
        {
            var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var output = new FirstLine();
            var running = CommandLine.RunAsync(
                ["witness", "--name", "w.example", "--log", logKey, "--data", "witness", "--port", "0", "--quiet", "--json"],
                folder.CreateApp(output, TextWriter.Null, stop.Token));
            var said = JsonNode.Parse(await output.Said.WaitAsync(TimeSpan.FromSeconds(20), Cancel))!;
            return new Witnessing(new Uri((string)said["url"]!), (string)said["key"]!, stop, running);
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            Assert.Equal(0, await running);
            stop.Dispose();
        }
    }

    /// <summary>Tells of the first flush, which comes after the first line.</summary>
    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> said = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Said => said.Task;

        public override void Flush() => said.TrySetResult(ToString());
    }
}
