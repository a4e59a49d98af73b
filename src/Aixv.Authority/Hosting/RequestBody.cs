using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;

namespace Aixv.Authority.Hosting;

/// <summary>Reads request bodies of bounded size.</summary>
internal static class RequestBody
{
    /// <summary>The whole body.</summary>
    /// <exception cref="ApiError">Larger than <paramref name="maximum"/> bytes.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(HttpContext context, int maximum)
    {
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
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>The media type without parameters, in lower case, or empty.</summary>
    public static string MediaType(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType?.ToLower(CultureInfo.InvariantCulture) ?? "" : "";
}
