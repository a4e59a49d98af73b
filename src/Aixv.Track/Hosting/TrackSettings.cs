using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Trust;
using Aixv.Track.Blobs;
using Aixv.Track.Keys;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Hosting;

/// <summary>Settings of a registry by name, from options, environment and a file, in this order. Every error names the setting.</summary>
/// <remarks>
/// The setting <c>s3-bucket</c> is the option <c>--s3-bucket</c>, the variable <c>AIXV_TRACK_S3_BUCKET</c>, and the member <c>s3-bucket</c> of the
/// file's JSON object. Secrets are not taken from options, which other users of the machine can read.
/// </remarks>
public sealed class TrackSettings
{
    private const string VariablePrefix = "AIXV_TRACK_";
    private static readonly FrozenSet<string> Secrets = FrozenSet.ToFrozenSet(["s3-secret-key"]);
    private static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
    [
        "storage", "connection", "blobs", "s3-endpoint", "s3-bucket", "s3-region", "s3-prefix", "s3-access-key", "s3-secret-key", "data", "url", "host",
        "port", "requests-per-minute", "log-name", "log-key", "telemetry", "open-requests-per-second", "issuers", "witnesses",
        "trusted-roots", "allow-private-webhooks", "public",
    ]);

    private readonly Func<string, string?> option;
    private readonly Func<string, string?> environment;
    private readonly JsonObject file;

    /// <param name="option">The value of an option, without its dashes; null when it is not given.</param>
    /// <param name="environment">The value of a variable; null when it is unset.</param>
    /// <param name="file">The configuration file's object; empty without a file.</param>
    /// <exception cref="ArgumentException">The file has a member that is no setting.</exception>
    public TrackSettings(Func<string, string?> option, Func<string, string?> environment, JsonObject file)
    {
        ArgumentNullException.ThrowIfNull(file);
        (this.option, this.environment, this.file) = (option, environment, file);
        if (file.Select(m => m.Key).FirstOrDefault(name => !Names.Contains(name)) is { } unknown)
        {
            throw new ArgumentException($"{unknown}: is no setting of the configuration file (known: {string.Join(", ", Names.Order(StringComparer.Ordinal))})");
        }
    }

    /// <summary>A setting's text; null when it is nowhere.</summary>
    /// <exception cref="ArgumentException">In the file it is not text or a number.</exception>
    public string? Find(string name)
    {
        if (!Secrets.Contains(name) && option(name) is { Length: > 0 } given)
        {
            return given;
        }

        var variable = VariablePrefix + name.Replace('-', '_').ToUpperInvariant();
        return environment(variable) is { Length: > 0 } set ? set
            : file[name] switch
            {
                null => null,
                JsonValue value when value.TryGetValue<string>(out var text) => text,
                JsonValue value when value.TryGetValue<bool>(out var choice) => choice ? "true" : "false",
                JsonValue value when value.TryGetValue<long>(out var number) => number.ToString(CultureInfo.InvariantCulture),
                _ => throw new ArgumentException($"{name}: expected text, a number, true or false in the configuration file"),
            };
    }

    /// <summary>The options that the settings make, checked.</summary>
    /// <param name="defaults">What counts where nothing is set.</param>
    /// <exception cref="ArgumentException">A setting is not usable; the message begins with its name.</exception>
    public TrackOptions ToOptions(TrackOptions defaults)
    {
        ArgumentNullException.ThrowIfNull(defaults);
        return defaults with
        {
            DataFolder = Find("data") ?? defaults.DataFolder,
            Url = Url("url") ?? defaults.Url,
            Host = Find("host") ?? defaults.Host,
            Port = Number("port", 0, 65535) ?? defaults.Port,
            LogName = Find("log-name") ?? defaults.LogName,
            LogKeyFile = Find("log-key") is not { } key ? defaults.LogKeyFile
                : File.Exists(key) ? key : throw new ArgumentException($"log-key: there is no file {key}"),
            Connection = Connection(),
            S3 = S3(),
            Telemetry = Url("telemetry") is { } telemetry ? new Uri(telemetry) : defaults.Telemetry,
            RequestsPerMinute = Number("requests-per-minute", 0, int.MaxValue) ?? defaults.RequestsPerMinute,
            OpenRequestsPerSecond = Number("open-requests-per-second", 0, int.MaxValue) ?? defaults.OpenRequestsPerSecond,
            TrustedRoots = Find("trusted-roots") is { } roots ? [.. roots.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Root)] : defaults.TrustedRoots,
            AllowPrivateWebhooks = Choice("allow-private-webhooks") ?? defaults.AllowPrivateWebhooks,
            FirstTenantIsPublic = Choice("public") ?? defaults.FirstTenantIsPublic,
            Witnesses = file["witnesses"] is { } witnesses ? WitnessAddresses.Read(witnesses) : defaults.Witnesses,
            Issuers = file["issuers"] is { } issuers ? TokenIssuers.Read(issuers) : defaults.Issuers,
        };
    }

    private bool? Choice(string name) => Find(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw new ArgumentException($"{name}: expected true or false"),
    };

    private static TrustedRoot Root(string path)
    {
        try
        {
            return TrustedRoot.Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ArgumentException($"trusted-roots: {path}: {e.Message}", e);
        }
    }

    private string? Connection()
    {
        var connection = Find("connection");
        switch (Find("storage"))
        {
            case null when connection is not null:
                throw new ArgumentException("connection: is only of use with --storage postgres");
            case null or "sqlite":
                return connection is null ? null : throw new ArgumentException("connection: is only of use with --storage postgres");
            case "postgres":
                return PostgresUrl.ToConnectionString(connection ?? throw new ArgumentException("connection: --storage postgres needs to know the database"));
            case var other:
                throw new ArgumentException($"storage: '{other}' is neither sqlite nor postgres");
        }
    }

    private S3Options? S3()
    {
        switch (Find("blobs"))
        {
            case null or "local":
                return null;
            case "s3" when Find("storage") != "postgres":
                throw new ArgumentException("blobs: s3 goes with --storage postgres");
            case "s3":
                break;
            case var other:
                throw new ArgumentException($"blobs: '{other}' is neither local nor s3");
        }

        var access = Find("s3-access-key");
        if (access is null != Find("s3-secret-key") is null)
        {
            throw new ArgumentException($"{(access is null ? "s3-access-key" : "s3-secret-key")}: is missing; give both keys or neither");
        }

        return new S3Options
        {
            Bucket = Find("s3-bucket") ?? throw new ArgumentException("s3-bucket: --blobs s3 needs a bucket"),
            Endpoint = Url("s3-endpoint"),
            Region = Find("s3-region") ?? "us-east-1",
            Prefix = Find("s3-prefix") ?? "",
            AccessKey = access,
            SecretKey = Find("s3-secret-key"),
        };
    }

    private int? Number(string name, int minimum, int maximum) => Find(name) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum => number,
        _ => throw new ArgumentException($"{name}: expected a number from {minimum} to {maximum}"),
    };

    private string? Url(string name) => Find(name) switch
    {
        null => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" => text.TrimEnd('/'),
        _ => throw new ArgumentException($"{name}: expected an http or https URL"),
    };
}
