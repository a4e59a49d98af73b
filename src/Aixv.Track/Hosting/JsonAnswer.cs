using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Aixv.Track.Hosting;

/// <summary>Writes JSON answers without reflection.</summary>
internal static class JsonAnswer
{
    private const int AtOnce = 32 * 1024;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes that <paramref name="write"/> makes of one object's members.</summary>
    public static ReadOnlyMemory<byte> Build(Action<Utf8JsonWriter> write, int expectedLength = 1024)
    {
        var buffer = new ArrayBufferWriter<byte>(expectedLength);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    public static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType, HttpStatusCode status = HttpStatusCode.OK)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return Task.CompletedTask;
        }

        if (body.Length > AtOnce)
        {
            return context.Response.BodyWriter.WriteAsync(body, context.RequestAborted).AsTask();
        }

        // The server sends it with the head, in one go, when the request is done.
        context.Response.BodyWriter.Write(body.Span);
        return Task.CompletedTask;
    }

    public static Task ErrorAsync(HttpContext context, ApiError error)
    {
        if (error.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (error.Status == HttpStatusCode.Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "ApiKey, Bearer";
        }

        var body = Build(json =>
        {
            json.WriteString("code", error.Code);
            json.WriteString("message", error.Message);
            json.WriteNumber("http_status", (int)error.Status);
            if (error.Details is { } details)
            {
                json.WriteStartObject("details");
                details(json);
                json.WriteEndObject();
            }
        });
        return WriteAsync(context, body, "application/json", error.Status);
    }
}
