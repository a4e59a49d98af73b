using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Tests.Transport;

namespace Aixv.Sigstore.Tests.Oidc;

/// <summary>An issuer with discovery, a token endpoint that checks PKCE, and a device flow.</summary>
internal sealed class FakeIssuer : IDisposable
{
    private readonly FakeService service;
    private int polls;

    internal FakeIssuer() => service = new FakeService(Answer);

    internal string Issuer => service.Origin;

    /// <summary>Changes the discovery document.</summary>
    internal Action<JsonObject> Discovery { get; init; } = _ => { };

    /// <summary>Changes the claims of the tokens.</summary>
    internal Action<JsonObject> Token { get; init; } = _ => { };

    /// <summary>Answers of the token endpoint before the token, by error code.</summary>
    internal string[] PollErrors { get; init; } = [];

    /// <summary>What the authorization endpoint was given.</summary>
    internal Dictionary<string, string> Authorization { get; private set; } = [];

    internal IEnumerable<FakeRequest> Requests => service.Requests;

    public void Dispose() => service.Dispose();

    /// <summary>Stands in for the person: takes the authorization URL and calls back.</summary>
    internal async Task<string> SignInAsync(Uri url, Func<Dictionary<string, string>, string>? query = null)
    {
        Authorization = FakeRequest.Fields(url.Query[1..]);
        using var browser = new HttpClient();
        var back = query?.Invoke(Authorization) ?? $"code=c0de&state={Authorization["state"]}&iss={Uri.EscapeDataString(Issuer)}";
        using var response = await browser.GetAsync(new Uri($"{Authorization["redirect_uri"]}?{back}"), TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private FakeAnswer Answer(FakeRequest request) => request.Path switch
    {
        "/.well-known/openid-configuration" => FakeAnswer.Json(Describe().ToJsonString()),
        "/device" => FakeAnswer.Json(
            $$"""{"device_code":"dev1ce","user_code":"ABCD-EFGH","verification_uri":"{{Issuer}}/activate","expires_in":300,"interval":5}"""),
        "/token" => Grant(request.Form),
        _ => FakeAnswer.Json("{}", 404),
    };

    private JsonObject Describe()
    {
        var document = new JsonObject
        {
            ["issuer"] = Issuer,
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["device_authorization_endpoint"] = $"{Issuer}/device",
            ["code_challenge_methods_supported"] = new JsonArray("S256", "plain"),
        };
        Discovery(document);
        return document;
    }

    private FakeAnswer Grant(Dictionary<string, string> form)
    {
        if (polls < PollErrors.Length)
        {
            return FakeAnswer.Json($$"""{"error":"{{PollErrors[polls++]}}"}""", 400);
        }

        var nonce = "";
        if (form["grant_type"] == "authorization_code")
        {
            var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"])));
            if (form["code"] != "c0de" || challenge != Authorization["code_challenge"] || form["redirect_uri"] != Authorization["redirect_uri"])
            {
                return FakeAnswer.Json("""{"error":"invalid_grant","error_description":"the code is not yours"}""", 400);
            }

            nonce = Authorization["nonce"];
        }
        else if (form["device_code"] != "dev1ce")
        {
            return FakeAnswer.Json("""{"error":"invalid_grant"}""", 400);
        }

        var claims = TestTokens.Claims(Issuer);
        if (nonce.Length > 0)
        {
            claims["nonce"] = nonce;
        }

        Token(claims);
        return FakeAnswer.Json(new JsonObject { ["id_token"] = claims.Encode(), ["access_token"] = "x", ["token_type"] = "Bearer" }.ToJsonString());
    }
}
