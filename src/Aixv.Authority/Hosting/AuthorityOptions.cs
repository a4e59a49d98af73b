using Microsoft.Extensions.Logging;

namespace Aixv.Authority.Hosting;

/// <summary>Where an Authority keeps its state, where it listens, and its limits.</summary>
public sealed record AuthorityOptions
{
    /// <summary>The one folder of keys, logs and configuration. Made when absent.</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// The base URL that clients use, as <c>http://localhost:3000</c>, without a trailing slash: the token issuer and the address in trusted root
    /// and signing config. Its host name is the log's origin. Default: <c>http://&lt;Host&gt;:&lt;Port&gt;</c>.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>The name or address to listen on; <c>localhost</c> is the loopback interface, <c>*</c> is every interface.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The port to listen on; 0 takes a free one.</summary>
    public int Port { get; init; } = 3000;

    /// <summary>The name of whoever runs this, in certificates, trusted root and signing config.</summary>
    public string Operator { get; init; } = "AIXV Authority";

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Requests per second of one client address, on average; 0 for no limit.</summary>
    public int RequestsPerSecond { get; init; } = 1_000;

    /// <summary>Requests that one client address may make at once before the rate counts.</summary>
    public int RequestBurst { get; init; } = 5_000;

    /// <summary>Adds log targets; none by default.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }
}
