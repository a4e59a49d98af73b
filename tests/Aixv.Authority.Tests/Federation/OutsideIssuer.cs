using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Aixv.Authority.Tests.Federation;

/// <summary>An identity provider somewhere else, on loopback: discovery, keys, and tokens with any claims.</summary>
internal sealed class OutsideIssuer : IDisposable
{
    /// <summary>Made once: making RSA keys takes long.</summary>
    private static readonly RSA FirstKey = RSA.Create(2048);

    private readonly HttpListener listener = new();

    public OutsideIssuer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Url = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}";
        }

        ClaimedUrl = Url;
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    /// <summary>The issuer that the discovery document names.</summary>
    public string ClaimedUrl { get; set; }

    public string KeyId { get; set; } = "k1";

    public RSA Key { get; set; } = FirstKey;

    public int Requests { get; private set; }

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            Requests++;
            var body = Encoding.UTF8.GetBytes((context.Request.Url!.AbsolutePath == "/keys" ? Keys() : Discovery()).ToJsonString());
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
    }

    private JsonObject Discovery() => new() { ["issuer"] = ClaimedUrl, ["jwks_uri"] = $"{Url}/keys" };

    public JsonObject Keys()
    {
        var parameters = Key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["alg"] = "RS256",
                ["use"] = "sig",
                ["kid"] = KeyId,
                ["n"] = WebEncoders.Base64UrlEncode(parameters.Modulus!),
                ["e"] = WebEncoders.Base64UrlEncode(parameters.Exponent!),
            }),
        };
    }

    /// <summary>Claims that are good at <paramref name="now"/>.</summary>
    public JsonObject Claims(DateTimeOffset now, params ReadOnlySpan<(string Name, JsonNode? Value)> more)
    {
        var claims = new JsonObject
        {
            ["iss"] = Url,
            ["aud"] = "sigstore",
            ["sub"] = "somebody",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + 300,
        };
        foreach (var (name, value) in more)
        {
            claims[name] = value;
        }

        return claims;
    }

    public string Sign(JsonObject claims, string algorithm = "RS256")
    {
        var signed = $"{Encode(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = KeyId })}.{Encode(claims)}";
        var data = Encoding.ASCII.GetBytes(signed);
        var signature = algorithm switch
        {
            "none" => [],
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(Key.ExportSubjectPublicKeyInfoPem()), data),
            "PS256" => Key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => Key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{signed}.{WebEncoders.Base64UrlEncode(signature)}";
    }

    private static string Encode(JsonNode json) => WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(json.ToJsonString()));

    public void Dispose() => listener.Close();
}
