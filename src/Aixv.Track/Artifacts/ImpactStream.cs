using System.Text.Encodings.Web;
using System.Text.Json;
using Aixv.Track.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aixv.Track.Artifacts;

/// <summary>All that depends on an artifact, one JSON object a line, as it is found; the last line says that it is complete.</summary>
internal static class ImpactStream
{
    public const string MediaType = "application/x-ndjson";
    private const int FlushEvery = 64 * 1024;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(ApiCall call, ArtifactFinding artifact, bool up, int depth)
    {
        var response = call.Context.Response;
        response.ContentType = MediaType;
        if (HttpMethods.IsHead(call.Context.Request.Method))
        {
            return;
        }

        var output = response.BodyWriter;
        using var json = new Utf8JsonWriter(output, Plain);
        var (count, pending) = (0L, 0L);
        foreach (var reached in artifact.Node < 0 ? [] : artifact.Graph.Walk(artifact.Node, up, depth))
        {
            GraphJson.WriteReached(json, artifact.Graph, reached);
            await EndLineAsync();
            count++;
        }

        json.WriteStartObject();
        json.WriteString("end", artifact.Digest.ToString());
        json.WriteNumber("count", count);
        json.WriteNumber("as_of", artifact.Graph.Moment);
        json.WriteBoolean("complete", true);
        json.WriteEndObject();
        await EndLineAsync();
        await output.FlushAsync(call.Cancelled);

        async ValueTask EndLineAsync()
        {
            json.Flush();
            pending += json.BytesCommitted + 1;
            json.Reset();
            output.GetSpan(1)[0] = (byte)'\n';
            output.Advance(1);
            if (pending >= FlushEvery)
            {
                pending = 0;
                await output.FlushAsync(call.Cancelled);
            }
        }
    }
}
