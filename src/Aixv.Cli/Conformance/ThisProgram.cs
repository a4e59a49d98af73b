namespace Aixv.Cli.Conformance;

/// <summary>This program, in process: without network, terminal and the user's settings.</summary>
internal sealed class ThisProgram(App app) : IConformanceTarget
{
    public string Name => "this program";

    public bool IsOther => false;

    public async Task<TargetAnswer> RunAsync(string folder, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var world = app with
        {
            Out = output,
            Error = error,
            In = TextReader.Null,
            Environment = name => name == "AIXV_HOME" ? Path.Combine(folder, ".home") : null,
            Directory = folder,
            OutIsTerminal = false,
            ErrorIsTerminal = false,
            Http = () => new NoNetwork(),
            AskSecret = null,
            OpenBrowser = null,
            StopRequested = () => cancellationToken,
        };
        var exitCode = await CommandLine.RunAsync([.. arguments], world);
        return new TargetAnswer(exitCode, output.ToString());
    }

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException($"conformance runs without a network, and {request.RequestUri?.Host} was asked for");
    }
}
