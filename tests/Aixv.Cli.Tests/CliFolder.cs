using Aixv.Cli.Output;

namespace Aixv.Cli.Tests;

/// <summary>A folder of its own to run commands in, with everything of the world around replaced.</summary>
internal sealed class CliFolder : IDisposable
{
    private readonly Dictionary<string, string> environment = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("aixv-cli-").FullName;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public bool IsTerminal { get; init; }

    public bool Utf8 { get; init; } = true;

    public int Width { get; init; } = 80;

    public string this[string variable]
    {
        set => environment[variable] = value;
    }

    /// <summary>Every request fails the test: for commands that must not use the network.</summary>
    public bool ForbidNetwork { get; init; } = true;

    public string Write(string name, string content)
    {
        File.WriteAllText(System.IO.Path.Combine(Path, name), content);
        return name;
    }

    public string Read(string name) => File.ReadAllText(System.IO.Path.Combine(Path, name));

    public bool Has(string name) => System.IO.Path.Exists(System.IO.Path.Combine(Path, name));

    public Task<CliRun> RunAsync(params string[] arguments) => RunAsync(CancellationToken.None, arguments);

    public async Task<CliRun> RunAsync(CancellationToken stop, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var exitCode = await CommandLine.RunAsync(arguments, CreateApp(output, error, stop));
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    public App CreateApp(TextWriter output, TextWriter error, CancellationToken stop) => new()
    {
        Out = output,
        Error = error,
        In = TextReader.Null,
        Environment = name => environment.GetValueOrDefault(name) ?? (name == "AIXV_HOME" ? System.IO.Path.Combine(Path, "home") : null),
        Time = Time,
        Directory = Path,
        OutIsTerminal = IsTerminal,
        ErrorIsTerminal = IsTerminal,
        Utf8 = Utf8,
        Width = Width,
        Http = ForbidNetwork ? () => new NoNetwork() : null,
        StopRequested = () => stop,
    };

    public Report CreateReport(TextWriter output) => new(CreateApp(output, output, CancellationToken.None));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"this command must not use the network, and asked {request.RequestUri}");
    }
}
