using System.Buffers;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Aixv.Authority.Hosting;

/// <summary>Writes JSON answers without reflection.</summary>
internal static class JsonAnswer
{
    /// <summary>The bytes that <paramref name="write"/> makes of one object's members.</summary>
    public static ReadOnlyMemory<byte> Build(Action<Utf8JsonWriter> write, bool indented = false, int expectedLength = 1024)
    {
        var buffer = new ArrayBufferWriter<byte>(expectedLength);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    public static Task WriteAsync(HttpContext context, Action<Utf8JsonWriter> write, HttpStatusCode status = HttpStatusCode.OK) =>
        WriteAsync(context, Build(write), "application/json", status);

    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType, HttpStatusCode status = HttpStatusCode.OK)
    {
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
        }
    }

    public static Task ErrorAsync(HttpContext context, HttpStatusCode status, GrpcCode code, string message) => WriteAsync(
        context,
        writer =>
        {
            writer.WriteNumber("code", (int)code);
            writer.WriteString("message", message);
            writer.WriteStartArray("details");
            writer.WriteEndArray();
        },
        status);
}
