using System.Net;
using System.Security.Cryptography;
using Aixv.Authority.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aixv.Authority.Identity;

/// <summary>The device grant (RFC 8628): <c>/oidc/device/code</c> for the device, <c>/oidc/device</c> for the person.</summary>
internal sealed class DeviceEndpoints(string issuer, SignIn signIn, BrowserForm forms, TimeProvider time)
{
    public const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";
    public const string CodePath = "/oidc/device/code";
    private const string PersonPath = "/oidc/device";

    /// <summary>No vowels, so no words; nothing that looks like something else.</summary>
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Network delays must not look like impatience.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);
    private readonly PendingGrants<DeviceRequest> byDevice = new(TimeSpan.FromMinutes(10), time);
    private readonly PendingGrants<DeviceRequest> byPerson = new(TimeSpan.FromMinutes(10), time);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(CodePath, OAuthError.Guard(StartAsync));
        routes.MapGet(PersonPath, OnPage(c => ShowFormAsync(c, FormFields.OfQuery(c).Find("user_code"), null, null, HttpStatusCode.OK)));
        routes.MapPost(PersonPath, OnPage(DecideAsync));
    }

    private async Task StartAsync(HttpContext context)
    {
        var form = await FormFields.ReadAsync(context);
        if (form.Find("client_id") is not (null or IdentityTokens.Audience))
        {
            throw new OAuthError("invalid_client", $"the client is not '{IdentityTokens.Audience}'");
        }

        var text = RandomNumberGenerator.GetString(Letters, 8);
        var userCode = $"{text[..4]}-{text[4..]}";
        var device = PendingGrants<DeviceRequest>.NewKey();
        var request = new DeviceRequest(userCode, CodeChallenge.Read(form), form.Find("nonce"));
        if (!byDevice.TryAdd(device, request) || !byPerson.TryAdd(userCode, request))
        {
            throw new OAuthError("temporarily_unavailable", "too many devices are waiting", HttpStatusCode.ServiceUnavailable);
        }

        context.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(context, writer =>
        {
            writer.WriteString("device_code", device);
            writer.WriteString("user_code", userCode);
            writer.WriteString("verification_uri", $"{issuer}{PersonPath}");
            writer.WriteString("verification_uri_complete", $"{issuer}{PersonPath}?user_code={userCode}");
            writer.WriteNumber("expires_in", (int)byDevice.Lifetime.TotalSeconds);
            writer.WriteNumber("interval", (int)Interval.TotalSeconds);
        });
    }

    private Task ShowFormAsync(HttpContext context, string? code, string? user, string? error, HttpStatusCode status) => Page.WriteAsync(
        context,
        "Sign in a device",
        $"""
        <p>Only go on if you started this yourself, and the code is the one that your device shows: whoever shows it can sign as you.</p>
        {Page.Alert(error)}
        <form method="post" action="{PersonPath}">
        <label for="user_code">Code on the device</label>
        <input id="user_code" name="user_code" value="{Page.Encode(code)}" autocomplete="off" autocapitalize="characters" spellcheck="false" required maxlength="9">
        {Page.SignInFields(forms.Protect(context), user)}
        <button name="decision" value="allow">Sign in the device</button>
        <button name="decision" value="deny">Refuse</button>
        </form>
        """,
        status);

    /// <summary>Runs a handler whose refusals a person reads.</summary>
    private static RequestDelegate OnPage(RequestDelegate handler) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (OAuthError e)
        {
            await Page.WriteAsync(context, "Cannot sign in", Page.Alert(e.Message), HttpStatusCode.BadRequest);
        }
    };

    private async Task DecideAsync(HttpContext context)
    {
        var form = await FormFields.ReadAsync(context);
        if (forms.IsOwn(context, form))
        {
            await DecideAsync(context, form);
        }
        else
        {
            await ShowFormAsync(context, null, null, "This form is too old, or not from this browser. Try again.", HttpStatusCode.BadRequest);
        }
    }

    /// <summary>The password is checked first, so that codes cannot be guessed without one.</summary>
    private async Task DecideAsync(HttpContext context, FormFields form)
    {
        var (code, user) = (form.Find("user_code"), form.Find("user"));
        try
        {
            var account = await signIn.TryAsync(user ?? "", form.Find("password") ?? "", machine: false, context.Connection.RemoteIpAddress, context.RequestAborted);
            if (account is null)
            {
                await ShowFormAsync(context, code, user, "User name or password is wrong.", HttpStatusCode.Unauthorized);
                return;
            }

            if (byPerson.Take(Normalize(code)) is not { } request)
            {
                await ShowFormAsync(context, code, user, "This code is unknown, used or expired.", HttpStatusCode.BadRequest);
                return;
            }

            var allowed = form.Find("decision") == "allow";
            request.Decide(allowed ? account : null);
            await Page.WriteAsync(context, allowed ? "Signed in" : "Refused", "<p>You can close this page and go back to your device.</p>");
        }
        catch (TooManyAttemptsException e)
        {
            await ShowFormAsync(context, code, user, $"Too many attempts. Try again in {Math.Ceiling(e.Wait.TotalSeconds)} seconds.", HttpStatusCode.TooManyRequests);
        }
    }

    private static string Normalize(string? code)
    {
        var letters = string.Concat((code ?? "").ToUpperInvariant().Where(char.IsAsciiLetter));
        return letters.Length == 8 ? $"{letters[..4]}-{letters[4..]}" : "";
    }

    /// <summary>Exchanges a device code once the person has signed in.</summary>
    /// <exception cref="OAuthError">Not yet, or never.</exception>
    public (Account Account, string? Nonce) Redeem(FormFields form)
    {
        var code = form.Required("device_code");
        var request = byDevice.Find(code) ?? throw new OAuthError("expired_token", "the device code is unknown, used or expired");
        if (request.Challenge is { } challenge && !challenge.IsAnsweredBy(form.Find("code_verifier")))
        {
            throw new OAuthError("invalid_grant", "code_verifier does not answer the code_challenge");
        }

        var account = request.Poll(time.GetUtcNow(), Interval - Tolerance);
        return byDevice.Take(code) is not null ? (account, request.Nonce) : throw new OAuthError("expired_token", "the device code is used");
    }
}
