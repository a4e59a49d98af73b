using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Aixv.Track.Hosting;

/// <summary>Reads request bodies of bounded size, once.</summary>
internal static class RequestBody
{
    private const int MaximumDepth = 32;
    private static readonly object Key = new();

    /// <summary>The whole body; a second call gets the same bytes.</summary>
    /// <exception cref="ApiError">Larger than <paramref name="maximum"/> bytes.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, int maximum)
    {
        if (context.Items.TryGetValue(Key, out var kept))
        {
            var bytes = (ReadOnlyMemory<byte>)kept!;
            return bytes.Length <= maximum ? bytes : throw ApiError.TooLarge(maximum);
        }

        if (context.Request.ContentLength > maximum)
        {
            throw ApiError.TooLarge(maximum);
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.Buffer.Length > maximum)
            {
                throw ApiError.TooLarge(maximum);
            }

            if (result.IsCompleted)
            {
                ReadOnlyMemory<byte> body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                context.Items[Key] = body;
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>Whether the media type is JSON. Without one it is taken to be.</summary>
    public static bool IsJson(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        var end = type.IndexOf(';');
        type = (end < 0 ? type : type[..end]).Trim();
        return type.IsEmpty || type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <exception cref="ApiError">Not one JSON object in UTF-8, or a member twice, or nested too deeply.</exception>
    public static JsonDocument ParseObject(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            throw ApiError.Invalid("the request body is not UTF-8 text");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = false });
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw ApiError.Invalid($"the request body is not JSON: {e.Message}");
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw ApiError.Invalid("the request body is not a JSON object");
    }
}
