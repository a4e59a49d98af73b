using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aixv.Authority.Identity;

/// <summary>The authorization code grant with PKCE (RFC 6749 §4.1, RFC 7636): <c>/oidc/authorize</c> and its sign-in form.</summary>
internal sealed class AuthorizationEndpoints(SignIn signIn, BrowserForm forms, TimeProvider time)
{
    private const string Path = "/oidc/authorize";
    private const string LoginPath = "/oidc/login";
    private const int MaximumParameter = 2048;
    private readonly PendingGrants<AuthorizationRequest> requests = new(TimeSpan.FromMinutes(10), time);
    private readonly PendingGrants<IssuedCode> codes = new(TimeSpan.FromMinutes(1), time);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, (RequestDelegate)AskAsync);
        routes.MapPost(LoginPath, (RequestDelegate)LogInAsync);
    }

    /// <summary>Until client and redirect address are known to be good, errors stay on the screen (RFC 6749 §4.1.2.1).</summary>
    private async Task AskAsync(HttpContext context)
    {
        RedirectTarget? redirect = null;
        string? state = null;
        try
        {
            var query = FormFields.OfQuery(context);
            if (query.Find("client_id") != IdentityTokens.Audience)
            {
                throw new OAuthError("invalid_client", $"the client is not '{IdentityTokens.Audience}'");
            }

            redirect = RedirectTarget.Parse(query.Find("redirect_uri"))
                ?? throw new OAuthError("invalid_request", "the redirect address is not http on localhost, 127.0.0.1 or [::1]");
            state = query.Find("state");
            var key = PendingGrants<AuthorizationRequest>.NewKey();
            if (!requests.TryAdd(key, Read(query, redirect, state)))
            {
                throw new OAuthError("temporarily_unavailable", "too many people are signing in");
            }

            await ShowFormAsync(context, key, redirect, user: null, error: null, HttpStatusCode.OK);
        }
        catch (OAuthError e) when (redirect is { IsOutOfBand: false })
        {
            Redirect(context, redirect.With(("error", e.Error), ("error_description", e.Message), ("state", state)));
        }
        catch (OAuthError e)
        {
            await Page.WriteAsync(context, "Cannot sign in", Page.Alert(e.Message), HttpStatusCode.BadRequest);
        }
    }

    private static AuthorizationRequest Read(FormFields query, RedirectTarget redirect, string? state)
    {
        if (query.Required("response_type") != "code")
        {
            throw new OAuthError("unsupported_response_type", "only response_type=code is known");
        }

        if (!query.Required("scope").Split(' ').Contains("openid"))
        {
            throw new OAuthError("invalid_scope", "the scope must include openid");
        }

        var challenge = CodeChallenge.Read(query) ?? throw new OAuthError("invalid_request", "the parameter 'code_challenge' is missing");
        var nonce = query.Find("nonce");
        return (state?.Length ?? 0) <= MaximumParameter && (nonce?.Length ?? 0) <= MaximumParameter
            ? new AuthorizationRequest(redirect, challenge, state, nonce)
            : throw new OAuthError("invalid_request", $"state and nonce have at most {MaximumParameter} characters");
    }

    private Task ShowFormAsync(HttpContext context, string key, RedirectTarget redirect, string? user, string? error, HttpStatusCode status) => Page.WriteAsync(
        context,
        "Sign in",
        $"""
        <p>A program on this computer asks for proof of who you are, to sign with it.</p>
        {Page.Alert(error)}
        <form method="post" action="{LoginPath}">
        <input type="hidden" name="request" value="{Page.Encode(key)}">
        {Page.SignInFields(forms.Protect(context), user)}
        <button>Sign in</button>
        </form>
        """,
        status,
        redirect.PolicySource);

    private async Task LogInAsync(HttpContext context)
    {
        FormFields form;
        try
        {
            form = await FormFields.ReadAsync(context);
        }
        catch (OAuthError e)
        {
            await Page.WriteAsync(context, "Cannot sign in", Page.Alert(e.Message), HttpStatusCode.BadRequest);
            return;
        }

        var key = form.Find("request") ?? "";
        if (!forms.IsOwn(context, form) || requests.Find(key) is not { } request)
        {
            await Page.WriteAsync(context, "Cannot sign in", Page.Alert("This form is too old, or not from this browser. Start again in your program."), HttpStatusCode.BadRequest);
            return;
        }

        var (user, password) = (form.Find("user") ?? "", form.Find("password") ?? "");
        try
        {
            var account = await signIn.TryAsync(user, password, machine: false, context.Connection.RemoteIpAddress, context.RequestAborted);
            if (account is null)
            {
                await ShowFormAsync(context, key, request.Redirect, user, "User name or password is wrong.", HttpStatusCode.Unauthorized);
                return;
            }

            requests.Take(key);
            await GiveCodeAsync(context, request, account);
        }
        catch (TooManyAttemptsException e)
        {
            await ShowFormAsync(context, key, request.Redirect, user, $"Too many attempts. Try again in {Math.Ceiling(e.Wait.TotalSeconds)} seconds.", HttpStatusCode.TooManyRequests);
        }
    }

    private async Task GiveCodeAsync(HttpContext context, AuthorizationRequest request, Account account)
    {
        var code = PendingGrants<IssuedCode>.NewKey();
        if (!codes.TryAdd(code, new IssuedCode(request, account)))
        {
            await Page.WriteAsync(context, "Cannot sign in", Page.Alert("Too many people are signing in."), HttpStatusCode.ServiceUnavailable);
        }
        else if (request.Redirect.IsOutOfBand)
        {
            await Page.WriteAsync(context, "Signed in", $"<p>Copy this code to your program:</p><p><code>{Page.Encode(code)}</code></p>");
        }
        else
        {
            Redirect(context, request.Redirect.With(("code", code), ("state", request.State)));
        }
    }

    /// <summary>303: what follows the form's POST is a GET.</summary>
    private static void Redirect(HttpContext context, string address)
    {
        context.Response.StatusCode = (int)HttpStatusCode.SeeOther;
        context.Response.Headers.Location = address;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
    }

    /// <summary>Exchanges a code. Whatever is wrong, the code is spent.</summary>
    /// <exception cref="OAuthError">The code, the redirect address or the verifier is wrong.</exception>
    public (Account Account, string? Nonce) Redeem(FormFields form)
    {
        var issued = codes.Take(form.Required("code")) ?? throw new OAuthError("invalid_grant", "the code is unknown, used or expired");
        if (form.Find("redirect_uri") != issued.Request.Redirect.Text)
        {
            throw new OAuthError("invalid_grant", "redirect_uri is not the one that the code was asked for with");
        }

        return issued.Request.Challenge.IsAnsweredBy(form.Find("code_verifier"))
            ? (issued.Account, issued.Request.Nonce)
            : throw new OAuthError("invalid_grant", "code_verifier does not answer the code_challenge");
    }
}
