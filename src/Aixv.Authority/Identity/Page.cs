using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Aixv.Authority.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aixv.Authority.Identity;

/// <summary>The few HTML pages: no scripts, nothing from elsewhere, usable with keyboard, screen reader and any width.</summary>
internal static class Page
{
    private const string Style =
        """
        :root{color-scheme:light dark}
        body{font:1rem/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh}
        main{width:min(24rem,100% - 2rem)}
        h1{font-size:1.5rem}
        label{display:block;margin-top:1rem;font-weight:600}
        input{box-sizing:border-box;width:100%;font:inherit;padding:.5rem;margin-top:.25rem;border:1px solid;border-radius:.25rem}
        button{font:inherit;font-weight:600;margin-top:1.5rem;padding:.5rem 1.25rem;border:1px solid;border-radius:.25rem}
        [role=alert]{border-left:.25rem solid #b00020;padding-left:.75rem}
        code{font-size:1.1rem;overflow-wrap:anywhere}
        """;

    private static readonly string StyleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>Text made safe for HTML content and attributes.</summary>
    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    /// <summary>A password form's fields.</summary>
    public static string SignInFields(string csrf, string? user) =>
        $"""
        <input type="hidden" name="csrf" value="{Encode(csrf)}">
        <label for="user">User name</label>
        <input id="user" name="user" value="{Encode(user)}" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="64">
        <label for="password">Password</label>
        <input id="password" name="password" type="password" autocomplete="current-password" required maxlength="256">
        """;

    public static string Alert(string? error) => error is null ? "" : $"<p role=\"alert\">{Encode(error)}</p>";

    /// <summary>Writes a page.</summary>
    /// <param name="formTarget">A further address to which forms may lead, in the words of a content security policy.</param>
    public static Task WriteAsync(HttpContext context, string title, string body, HttpStatusCode status = HttpStatusCode.OK, string formTarget = "")
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{StyleHash}'; form-action 'self' {formTarget}; base-uri 'none'; frame-ancestors 'none'";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        var html =
            $"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{Encode(title)}</title><style>{Style}</style></head>
            <body><main><h1>{Encode(title)}</h1>
            {body}
            </main></body>
            </html>

            """;
        return JsonAnswer.WriteAsync(context, Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", status);
    }
}
