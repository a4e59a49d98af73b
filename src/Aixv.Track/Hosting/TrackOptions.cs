using Aixv.Sigstore.Trust;
using Aixv.Track.Blobs;
using Aixv.Track.Keys;
using Aixv.Track.Log;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>Where a registry keeps its state, where it listens, and its limits.</summary>
public sealed record TrackOptions
{
    /// <summary>The folder of the registry on this machine: everything with the embedded storage, keys only otherwise. Made when absent.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The base URL that clients use, without a trailing slash. Default: <c>http://&lt;Host&gt;:&lt;Port&gt;</c>.</summary>
    public string? Url { get; init; }

    /// <summary>The name or address to listen on; <c>localhost</c> is the loopback interface, <c>*</c> is every interface.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; } = 3000;

    /// <summary>The log's origin when it is made. Default: the URL's host and <c>/track</c>. It never changes afterwards.</summary>
    public string? LogName { get; init; }

    /// <summary>The file of the log's private key; <c>log.key</c> in the data folder where not given. All nodes of a registry need the same.</summary>
    public string? LogKeyFile { get; init; }

    /// <summary>The PostgreSQL database that any number of nodes share; null for the embedded storage.</summary>
    public string? Connection { get; init; }

    /// <summary>Where blobs and tiles of several nodes are kept; null keeps them in the database.</summary>
    public S3Options? S3 { get; init; }

    /// <summary>Where traces and metrics are sent by OTLP; null sends none.</summary>
    public Uri? Telemetry { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Outside issuers whose tokens are accepted.</summary>
    public IReadOnlyList<TokenIssuer> Issuers { get; init; } = [];

    /// <summary>The Sigstore instances whose signatures count: agents' bundles are verified with these.</summary>
    public IReadOnlyList<TrustedRoot> TrustedRoots { get; init; } = [];

    /// <summary>Whether webhooks may lead to private addresses, and over http: only where tenants may reach what is behind this server's walls.</summary>
    public bool AllowPrivateWebhooks { get; init; }

    /// <summary>The limit of new tenants, where none is given; 0 is none.</summary>
    public int RequestsPerMinute { get; init; } = 6_000_000;

    /// <summary>Requests per second of one client address without a key, on average; 0 for no limit.</summary>
    public int OpenRequestsPerSecond { get; init; } = 200;

    /// <summary>Whether the tenant that a new registry gets is public: what it publishes is then shown to everybody.</summary>
    public bool FirstTenantIsPublic { get; init; }

    /// <summary>The witnesses that cosign the log's checkpoints.</summary>
    public IReadOnlyList<WitnessAddress> Witnesses { get; init; } = [];

    /// <summary>Adds log targets; none by default.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
