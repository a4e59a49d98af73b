using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Aixv.Authority.Identity;

/// <summary>Binds the forms served here to the browser that asked for them: a cookie, and its HMAC in the form.</summary>
internal sealed class BrowserForm(bool secure)
{
    private const string Cookie = "aixv-form";
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The hidden value of a form in the answer, which sets the cookie.</summary>
    public string Protect(HttpContext context)
    {
        var value = context.Request.Cookies[Cookie] is { Length: 43 } known ? known : WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        context.Response.Cookies.Append(Cookie, value, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = secure, Path = "/oidc" });
        return Seal(value);
    }

    /// <summary>Whether the form came from a page served to this browser.</summary>
    public bool IsOwn(HttpContext context, FormFields form) =>
        context.Request.Cookies[Cookie] is { } value && form.Find("csrf") is { } sent
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Seal(value)), Encoding.UTF8.GetBytes(sent));

    private string Seal(string value) => WebEncoders.Base64UrlEncode(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value)));
}
