using System.Diagnostics;
using System.Text.Json.Nodes;
using Aixv.Cli.Tests.Publishing.Servers;

namespace Aixv.Cli.Tests.Publishing;

/// <summary>A shell in a folder with a model, where <c>aixv</c> is this program, beside a real <c>aixv serve --public</c> and a hub.</summary>
internal sealed class ShellWorld : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly CliFolder folder = new() { ForbidNetwork = false };
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);
    private Task<int> serving = Task.FromResult(0);

    private ShellWorld()
    {
        Contents = new ContentServer();
        Hub = new HubServer(Contents);
    }

    public ContentServer Contents { get; }

    public HubServer Hub { get; }

    public string Url { get; private set; } = "";

    public string Model => Path.Combine(folder.Path, "model");

    public static async Task<ShellWorld> StartAsync()
    {
        var world = new ShellWorld();
        await world.Contents.StartAsync();
        await world.Hub.StartAsync();
        var output = new Said();
        world.serving = CommandLine.RunAsync(
            ["serve", "--public", "--port", "0", "--data", "server", "--quiet", "--json"], world.folder.CreateApp(output, TextWriter.Null, world.stop.Token));
        var said = JsonNode.Parse(await output.First.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken))!;
        world.Url = (string)said["url"]!;
        var machine = said["accounts"]!["machine"]!;
        Directory.CreateDirectory(world.Model);
        Directory.CreateDirectory(Path.Combine(world.folder.Path, "bin"));
        var program = Path.Combine(world.folder.Path, "bin", "aixv");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet '{typeof(CommandLine).Assembly.Location}' \"$@\"\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        world["SIGSTORE_ID_TOKEN"] = await TokenAsync(world.Url, (string)machine["name"]!, (string)machine["secret"]!);
        world["SIGNER"] = $"{world.Url}/machines/{machine["name"]}";
        world["ISSUER"] = world.Url;
        world["AIXV_TRUST_URL"] = (string)said["tuf_url"]!;
        world["AIXV_TRUST_FINGERPRINT"] = (string)said["root_fingerprint"]!;
        world["AIXV_TRACK_URL"] = world.Url;
        world["AIXV_TRACK_KEY"] = (string)said["registry"]!["admin_key"]!;
        world["HF_ENDPOINT"] = world.Hub.Url.AbsoluteUri;
        world["HF_TOKEN"] = HubServer.WriteToken;
        world["AIXV_HOME"] = Path.Combine(world.folder.Path, "home");
        world["HOME"] = Path.Combine(world.folder.Path, "home");
        world["PATH"] = $"{Path.Combine(world.folder.Path, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        world["AIXV_CI"] = Path.Combine(Repository, "ci");
        return world;
    }

    public string this[string variable]
    {
        set => variables[variable] = value;
    }

    /// <summary>The checkout that these tests were built from.</summary>
    public static string Repository
    {
        get
        {
            var place = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(place, "aixv.slnx")))
            {
                place = Path.GetDirectoryName(place) ?? throw new InvalidOperationException("the tests do not run inside of the repository");
            }

            return place;
        }
    }

    public void Write(string name, string content) => File.WriteAllText(Path.Combine(Model, name), content);

    /// <summary>A model with its weights on the hub already.</summary>
    public void MakeModel(string hubName)
    {
        var (header, data) = ("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", new byte[8]);
        byte[] weights = [.. BitConverter.GetBytes((long)header.Length), .. System.Text.Encoding.ASCII.GetBytes(header), .. data];
        File.WriteAllBytes(Path.Combine(Model, "model.safetensors"), weights);
        Write("config.json", """{"architectures": ["LlamaForCausalLM"], "transformers_version": "4.50.0"}""");
        Write("README.md", "---\nlicense: apache-2.0\nbase_model: acme/base\ndatasets: [acme/words]\n---\n# Tiny\n");
        Hub.Create(hubName);
        Hub.Put(hubName, "model.safetensors", weights);
    }

    /// <summary>Runs a script in the model's folder.</summary>
    public async Task<CliRun> RunAsync(string script)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = Model, ArgumentList = { "-euo", "pipefail", "-c", script } };
        foreach (var inherited in (string[])["AIXV_INSTANCE", "AIXV_STORE", "GITHUB_ACTIONS", "GITLAB_CI", "CI"])
        {
            start.Environment.Remove(inherited);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CliRun(process.ExitCode, await output, await error);
    }

    private static async Task<string> TokenAsync(string url, string name, string secret)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = name, ["client_secret"] = secret });
        using var answer = await http.PostAsync($"{url}/oidc/token", form, TestContext.Current.CancellationToken);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["id_token"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        stop.Dispose();
        await Hub.DisposeAsync();
        await Contents.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>Tells of the first flush, which comes after the first line.</summary>
    private sealed class Said : StringWriter
    {
        private readonly TaskCompletionSource<string> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> First => first.Task;

        public override void Flush() => first.TrySetResult(ToString());
    }
}
