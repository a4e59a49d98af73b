namespace Aixv.Cli;

/// <summary>All that a command may use of the world around it, so that tests can replace each part.</summary>
internal sealed record App
{
    public required TextWriter Out { get; init; }

    /// <summary>Opens the bytes of <see cref="Out"/>, for documents that are not text; null where there are none.</summary>
    public Func<Stream>? OpenOut { get; init; }

    public required TextWriter Error { get; init; }

    public required TextReader In { get; init; }

    /// <summary>Opens the bytes of <see cref="In"/>.</summary>
    public Func<Stream> OpenIn { get; init; } = () => Stream.Null;

    /// <summary>Reads an environment variable; null when unset.</summary>
    public required Func<string, string?> Environment { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>The folder that relative paths start from.</summary>
    public required string Directory { get; init; }

    public bool OutIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether symbols outside ASCII can be shown.</summary>
    public bool Utf8 { get; init; }

    /// <summary>Columns of the terminal.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Makes the handler of network requests; null for the platform's.</summary>
    public Func<HttpMessageHandler>? Http { get; init; }

    /// <summary>Asks the person for a secret without showing it; null where nobody can be asked.</summary>
    public Func<string, string?>? AskSecret { get; init; }

    /// <summary>Opens a web page and says whether that may have worked; null does not try.</summary>
    public Func<Uri, bool>? OpenBrowser { get; init; }

    /// <summary>Starts to listen for Ctrl-C and SIGTERM and returns the token that they cancel.</summary>
    public Func<CancellationToken> StopRequested { get; init; } = () => CancellationToken.None;

    /// <summary>A path as the user wrote it, made absolute.</summary>
    public string Resolve(string path) => Path.GetFullPath(path, Directory);

    /// <summary>The value of an environment variable, or null when it is unset or blank.</summary>
    public string? Setting(string name) => Environment(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
