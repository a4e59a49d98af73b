using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Aixv.Authority.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Aixv.Authority.Identity;

/// <summary>The OpenID Connect issuer: discovery, keys, and the token endpoint with its three grants.</summary>
internal sealed class IdentityEndpoints
{
    private const string KeysPath = "/oidc/keys";
    private const string TokenPath = "/oidc/token";
    private readonly IdentityTokens tokens;
    private readonly ILogger logger;
    private readonly SignIn signIn;
    private readonly AuthorizationEndpoints authorization;
    private readonly DeviceEndpoints devices;

    public IdentityEndpoints(IdentityTokens tokens, SignIn signIn, TimeProvider time, ILogger logger)
    {
        this.tokens = tokens;
        this.logger = logger;
        this.signIn = signIn;
        var forms = new BrowserForm(secure: tokens.Issuer.StartsWith("https:", StringComparison.Ordinal));
        authorization = new AuthorizationEndpoints(signIn, forms, time);
        devices = new DeviceEndpoints(tokens.Issuer, signIn, forms, time);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        var discovery = WriteDiscovery();
        routes.MapGet("/.well-known/openid-configuration", (RequestDelegate)(c => JsonAnswer.WriteAsync(c, discovery, "application/json")));
        routes.MapGet(KeysPath, (RequestDelegate)(c => JsonAnswer.WriteAsync(c, tokens.KeySet, "application/json")));
        routes.MapPost(TokenPath, OAuthError.Guard(GiveTokenAsync));
        authorization.Map(routes);
        devices.Map(routes);
    }

    private ReadOnlyMemory<byte> WriteDiscovery() => JsonAnswer.Build(writer =>
    {
        writer.WriteString("issuer", tokens.Issuer);
        writer.WriteString("authorization_endpoint", $"{tokens.Issuer}/oidc/authorize");
        writer.WriteString("token_endpoint", $"{tokens.Issuer}{TokenPath}");
        writer.WriteString("device_authorization_endpoint", $"{tokens.Issuer}{DeviceEndpoints.CodePath}");
        writer.WriteString("jwks_uri", $"{tokens.Issuer}{KeysPath}");
        foreach (var (name, values) in new (string, string[])[]
        {
            ("response_types_supported", ["code"]),
            ("grant_types_supported", ["authorization_code", "client_credentials", DeviceEndpoints.GrantType]),
            ("subject_types_supported", ["public"]),
            ("id_token_signing_alg_values_supported", ["ES256"]),
            ("code_challenge_methods_supported", ["S256"]),
            ("scopes_supported", ["openid", "email"]),
            ("token_endpoint_auth_methods_supported", ["none", "client_secret_basic", "client_secret_post"]),
            ("claims_supported", ["iss", "aud", "sub", "iat", "exp", "nonce", "email", "email_verified"]),
        })
        {
            writer.WriteStartArray(name);
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }
    });

    private async Task GiveTokenAsync(HttpContext context)
    {
        var form = await FormFields.ReadAsync(context);
        var (client, secret) = ReadClient(context, form);
        var grant = form.Required("grant_type");
        var (account, nonce) = grant switch
        {
            "authorization_code" => authorization.Redeem(RequirePublic(client, form)),
            DeviceEndpoints.GrantType => devices.Redeem(RequirePublic(client, form)),
            "client_credentials" => (await SignInMachineAsync(context, client, secret), form.Find("nonce")),
            _ => throw new OAuthError("unsupported_grant_type", "known are authorization_code, client_credentials and the device grant"),
        };
        logger.TokenIssued(account.Name, grant);
        var token = tokens.Issue(account, nonce);
        context.Response.Headers.CacheControl = "no-store";
        await JsonAnswer.WriteAsync(context, writer =>
        {
            writer.WriteString("access_token", token);
            writer.WriteString("id_token", token);
            writer.WriteString("token_type", "Bearer");
            writer.WriteNumber("expires_in", (int)IdentityTokens.Lifetime.TotalSeconds);
            writer.WriteString("scope", "openid email");
        });
    }

    private static FormFields RequirePublic(string client, FormFields form) => client == IdentityTokens.Audience
        ? form
        : throw new OAuthError("invalid_client", $"the client is not '{IdentityTokens.Audience}'", HttpStatusCode.Unauthorized);

    private async Task<Account> SignInMachineAsync(HttpContext context, string client, string secret)
    {
        try
        {
            return await signIn.TryAsync(client, secret, machine: true, context.Connection.RemoteIpAddress, context.RequestAborted)
                ?? throw new OAuthError("invalid_client", "client id or secret is wrong", HttpStatusCode.Unauthorized);
        }
        catch (TooManyAttemptsException e)
        {
            context.Response.Headers.RetryAfter = $"{Math.Ceiling(e.Wait.TotalSeconds)}";
            throw new OAuthError("temporarily_unavailable", e.Message, HttpStatusCode.TooManyRequests);
        }
    }

    /// <summary>Client id and secret from the header (RFC 6749 §2.3.1: form-encoded inside Basic) or the body.</summary>
    private static (string Client, string Secret) ReadClient(HttpContext context, FormFields form)
    {
        var (client, secret) = (form.Find("client_id"), form.Find("client_secret"));
        if (!AuthenticationHeaderValue.TryParse(context.Request.Headers.Authorization, out var header) || header.Scheme != "Basic")
        {
            return (client ?? "", secret ?? "");
        }

        var buffer = new byte[1024];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", buffer, out var length)
            || Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is not [var user, var password])
        {
            throw new OAuthError("invalid_client", "the header Authorization: Basic is malformed", HttpStatusCode.Unauthorized);
        }

        user = WebUtility.UrlDecode(user);
        return client is null || client == user
            ? (user, WebUtility.UrlDecode(password))
            : throw new OAuthError("invalid_request", "two different client ids: one in the body, one in the header");
    }
}
