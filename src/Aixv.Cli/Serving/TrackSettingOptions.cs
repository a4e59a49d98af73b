using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Track.Hosting;

namespace Aixv.Cli.Serving;

/// <summary>The options that say where a registry is kept, and how they, the environment and a file become its settings.</summary>
internal sealed class TrackSettingOptions
{
    private const int MaximumFile = 1024 * 1024;

    private static readonly (string Name, string Value, string Description)[] Known =
    [
        ("storage", "KIND", "Where the registry is kept: sqlite (default: one machine, one folder) or postgres (any number of nodes)."),
        ("connection", "URL", "The database of --storage postgres: postgres://user@host/database."),
        ("blobs", "KIND", "With postgres: local (default: in the database) or s3."),
        ("s3-endpoint", "URL", "The address of an S3-compatible store that is not Amazon's."),
        ("s3-bucket", "NAME", "The bucket."),
        ("s3-region", "NAME", "The bucket's region."),
        ("s3-prefix", "TEXT", "What all names in the bucket begin with."),
        ("s3-access-key", "ID", "The key's id; the secret is AIXV_TRACK_S3_SECRET_KEY."),
        ("log-key", "FILE", "The log's private key; all nodes of a registry need the same."),
        ("log-name", "ORIGIN", "The log's name when it is made (default: the URL's host and /track)."),
        ("trusted-roots", "FILE,…", "The Sigstore instances whose bundles are indexed, beside the Authority of this server."),
        ("allow-private-webhooks", "BOOL", "Whether webhooks may lead to private addresses (default: false)."),
        ("telemetry", "URL", "Where to send traces and metrics by OTLP."),
    ];

    private readonly Dictionary<string, Option<string?>> options =
        Known.ToDictionary(k => k.Name, k => Options.Text($"--{k.Name}", k.Value, k.Description), StringComparer.Ordinal);

    private readonly Option<string?> config = Options.Text("--config", "FILE", "A JSON object of settings by the names of their options.");

    public void AddTo(Command command)
    {
        foreach (var option in options.Values)
        {
            command.Add(option);
        }

        command.Add(config);
    }

    /// <param name="app">The world.</param>
    /// <param name="parse">The command line.</param>
    /// <param name="more">The command's own options that are settings too, by name.</param>
    /// <param name="defaults">What counts where nothing is set.</param>
    /// <exception cref="CommandFailure">A setting is not usable.</exception>
    public TrackOptions Read(App app, ParseResult parse, IReadOnlyDictionary<string, Option<string?>> more, TrackOptions defaults)
    {
        try
        {
            var given = new TrackSettings(
                name => options.TryGetValue(name, out var option) || more.TryGetValue(name, out option) ? parse.GetValue(option) : null,
                app.Setting,
                parse.GetValue(config) is { } path ? ReadFile(app.Resolve(path)) : []);
            return given.ToOptions(defaults);
        }
        catch (ArgumentException e)
        {
            throw new CommandFailure(e.Message, ExitCode.Usage);
        }
    }

    private static JsonObject ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaximumFile)
            {
                throw new ArgumentException($"--config: {path} is longer than {MaximumFile} bytes");
            }

            return JsonNode.Parse(File.ReadAllBytes(path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }) as JsonObject
                ?? throw new ArgumentException($"--config: {path} is not a JSON object");
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ArgumentException($"--config: {path} cannot be read: {e.Message}");
        }
    }
}
