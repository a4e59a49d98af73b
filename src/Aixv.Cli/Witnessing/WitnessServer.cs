using System.Globalization;
using System.Net;
using System.Text;
using Aixv.Transparency.Witnessing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Aixv.Cli.Witnessing;

/// <summary>A witness over HTTP: <c>POST /add-checkpoint</c> of C2SP tlog-witness, and nothing else.</summary>
internal sealed class WitnessServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private WitnessServer(WebApplication app, string host)
    {
        this.app = app;
        var address = new Uri(app.Urls.Single().Replace("//[::]", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal));
        Url = $"http://{(host is "localhost" or "*" ? "localhost" : address.Host)}:{address.Port.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>The submission prefix.</summary>
    public string Url { get; }

    /// <param name="answered">Told of every answer.</param>
    /// <exception cref="IOException">The address is taken.</exception>
    /// <exception cref="CommandFailure">No usable host.</exception>
    public static async Task<WitnessServer> StartAsync(
        Witness witness, string host, int port, Action<WitnessAnswer> answered, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = AddCheckpointRequest.MaximumLength;
            Listen(kestrel, host, port);
        });
        var app = builder.Build();
        app.MapPost("/add-checkpoint", (RequestDelegate)(context => AnswerAsync(context, witness, answered)));
        try
        {
            await app.StartAsync(cancellationToken);
            return new WitnessServer(app, host);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static void Listen(KestrelServerOptions kestrel, string host, int port)
    {
        switch (host)
        {
            case "localhost":
                kestrel.Listen(IPAddress.Loopback, port);
                break;
            case "*":
                kestrel.ListenAnyIP(port);
                break;
            default:
                kestrel.Listen(IPAddress.TryParse(host, out var address) ? address : throw new CommandFailure($"cannot listen on '{host}': give localhost, * or an IP address", ExitCode.Usage), port);
                break;
        }
    }

    private static async Task AnswerAsync(HttpContext context, Witness witness, Action<WitnessAnswer> answered)
    {
        byte[] body;
        try
        {
            using var buffer = new MemoryStream();
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
            body = buffer.ToArray();
        }
        catch (Microsoft.AspNetCore.Http.BadHttpRequestException e)
        {
            context.Response.StatusCode = e.StatusCode;
            return;
        }

        var answer = Answer(witness, body);
        answered(answer);
        context.Response.StatusCode = answer.Verdict == 0 ? StatusCodes.Status500InternalServerError : (int)answer.Verdict;
        if (answer.Verdict != 0)
        {
            var bytes = Encoding.UTF8.GetBytes(answer.Body);
            context.Response.ContentType = answer.ContentType;
            context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    /// <summary>Without verdict when the witness's own folder fails; it then signs nothing, and only its operator is told why.</summary>
    private static WitnessAnswer Answer(Witness witness, byte[] body)
    {
        try
        {
            return witness.AddCheckpoint(body);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new WitnessAnswer(0, e.Message);
        }
    }

    /// <summary>Lets running requests end.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
