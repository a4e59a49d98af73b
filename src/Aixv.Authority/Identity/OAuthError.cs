using System.Net;
using Aixv.Authority.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aixv.Authority.Identity;

/// <summary>A refusal in the form of RFC 6749 §5.2: <c>{error, error_description}</c>.</summary>
internal sealed class OAuthError(string error, string description, HttpStatusCode status = HttpStatusCode.BadRequest) : Exception(description)
{
    public string Error => error;

    /// <summary>Runs a handler and writes its refusal.</summary>
    public static RequestDelegate Guard(RequestDelegate handler) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (OAuthError e)
        {
            await e.WriteAsync(context);
        }
    };

    public Task WriteAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (status == HttpStatusCode.Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"token\"";
        }

        return JsonAnswer.WriteAsync(
            context,
            writer =>
            {
                writer.WriteString("error", error);
                writer.WriteString("error_description", Message);
            },
            status);
    }
}
