using System.Buffers;
using System.Net;
using System.Text.Json.Nodes;
using Aixv.Track.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace Aixv.Bench.Yardsticks;

/// <summary>What a <see cref="ServerProcess"/> runs: a node of the registry, or the ceilings beside it.</summary>
internal static class Servers
{
    /// <param name="arguments"><c>track DATA [CONNECTION LOG-KEY]</c>, or <c>ceiling [FOLDER]</c>.</param>
    internal static async Task<int> RunAsync(string[] arguments)
    {
        switch (arguments)
        {
            case ["track", var data]:
                await RunTrackAsync(new TrackOptions { DataFolder = data, Port = 0, OpenRequestsPerSecond = 0 });
                return 0;
            case ["track", var data, var connection, var key]:
                await RunTrackAsync(new TrackOptions
                {
                    DataFolder = data, Port = 0, OpenRequestsPerSecond = 0, Connection = connection, LogKeyFile = key, LogName = "bench.test/track",
                });
                return 0;
            case ["ceiling", .. var folder]:
                await RunCeilingAsync(folder is [var files] ? files : null);
                return 0;
            default:
                return 2;
        }
    }

    private static async Task RunTrackAsync(TrackOptions options)
    {
        await using var track = await TrackServer.StartAsync(options);
        Say(track.LocalUrl.AbsoluteUri, track.FirstKey?.AdminKey, track.FirstKey?.OperatorKey);
        await Console.In.ReadToEndAsync();
    }

    private static void Say(string url, string? key, string? operatorKey = null) =>
        Console.WriteLine(new JsonObject { ["url"] = url, ["key"] = key, ["operator"] = operatorKey }.ToJsonString());

    /// <summary>The least that Kestrel can do: read a body, answer nothing, send a file.</summary>
    private static async Task RunCeilingAsync(string? folder)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.MapPost("/ceiling", (RequestDelegate)ReadAsync);
        app.MapGet("/empty", () => "");
        if (folder is not null)
        {
            app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), ServeUnknownFileTypes = true });
        }

        await app.StartAsync();
        Say(app.Urls.First(), null);
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }

    private static async Task ReadAsync(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!];
        await context.Request.Body.ReadExactlyAsync(body, context.RequestAborted);
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = 2;
        context.Response.BodyWriter.Write("0\n"u8);
    }
}
