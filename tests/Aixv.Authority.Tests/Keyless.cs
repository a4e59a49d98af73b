using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Certificates;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Tests;

/// <summary>The steps of a keyless signature, by raw requests, as a client does them.</summary>
internal static class Keyless
{
    public static string SubjectOf(string token)
    {
        var payload = JsonNode.Parse(Convert.FromBase64String(Pad(token.Split('.')[1])))!;
        return (payload["email"] ?? payload["sub"])!.GetValue<string>();
    }

    private static string Pad(string base64Url) =>
        base64Url.Replace('-', '+').Replace('_', '/') + new string('=', (4 - base64Url.Length % 4) % 4);

    public static JsonObject CertificateRequest(SigningKey key, string challenge, string? token = null)
    {
        var request = new JsonObject
        {
            ["publicKeyRequest"] = new JsonObject
            {
                ["publicKey"] = new JsonObject { ["algorithm"] = "ECDSA", ["content"] = key.PublicKey.ToPem() },
                ["proofOfPossession"] = Convert.ToBase64String(key.Sign(Encoding.UTF8.GetBytes(challenge))),
            },
        };
        if (token is not null)
        {
            request["credentials"] = new JsonObject { ["oidcIdentityToken"] = token };
        }

        return request;
    }

    /// <summary>The chain of an answer, leaf first.</summary>
    public static Certificate[] Chain(JsonNode answer) =>
    [
        .. answer["signedCertificateEmbeddedSct"]!["chain"]!["certificates"]!.AsArray().Select(c => FromPem(c!.GetValue<string>())),
    ];

    private static Certificate FromPem(string pem)
    {
        var fields = PemEncoding.Find(pem);
        Assert.Equal("CERTIFICATE", pem[fields.Label]);
        return Certificate.Parse(Convert.FromBase64String(pem[fields.Base64Data]));
    }

    public static async Task<Certificate[]> CertificateAsync(TestAuthority authority, SigningKey key, string token)
    {
        using var response = await authority.PostAsync("/api/v2/signingCert", CertificateRequest(key, SubjectOf(token), token));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return Chain(await TestAuthority.JsonAsync(response));
    }

    public static JsonObject Verifier(Certificate certificate) => new()
    {
        ["keyDetails"] = "PKIX_ECDSA_P256_SHA_256",
        ["x509Certificate"] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(certificate.Raw.Span) },
    };

    public static JsonObject Verifier(PublicKey key, string details = "PKIX_ECDSA_P256_SHA_256") => new()
    {
        ["keyDetails"] = details,
        ["publicKey"] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(key.Spki.Span) },
    };

    public static JsonObject HashedRekord(byte[] digest, byte[] signature, JsonObject verifier) => new()
    {
        ["hashedRekordRequestV002"] = new JsonObject
        {
            ["digest"] = Convert.ToBase64String(digest),
            ["signature"] = new JsonObject { ["content"] = Convert.ToBase64String(signature), ["verifier"] = verifier },
        },
    };

    /// <summary>The base64 DER timestamp of a signature.</summary>
    public static async Task<string> TimestampAsync(TestAuthority authority, byte[] signature)
    {
        using var response = await authority.PostAsync("/api/v1/timestamp", new JsonObject
        {
            ["artifactHash"] = Convert.ToBase64String(SHA256.HashData(signature)),
            ["hashAlgorithm"] = "sha256",
            ["certificates"] = false,
            ["nonce"] = 123456789,
        });
        response.EnsureSuccessStatusCode();
        return Convert.ToBase64String(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Signs <paramref name="artifact"/> from token to bundle.</summary>
    public static async Task<JsonObject> SignAsync(TestAuthority authority, byte[] artifact, string token)
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var chain = await CertificateAsync(authority, key, token);
        var digest = SHA256.HashData(artifact);
        var signature = key.SignDigest(digest, SignatureScheme.EcdsaSha256);
        var timestamp = await TimestampAsync(authority, signature);
        using var response = await authority.PostAsync("/api/v2/log/entries", HashedRekord(digest, signature, Verifier(chain[0])));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return new JsonObject
        {
            ["mediaType"] = "application/vnd.dev.sigstore.bundle.v0.3+json",
            ["verificationMaterial"] = new JsonObject
            {
                ["certificate"] = new JsonObject { ["rawBytes"] = Convert.ToBase64String(chain[0].Raw.Span) },
                ["tlogEntries"] = new JsonArray(await TestAuthority.JsonAsync(response)),
                ["timestampVerificationData"] = new JsonObject
                {
                    ["rfc3161Timestamps"] = new JsonArray(new JsonObject { ["signedTimestamp"] = timestamp }),
                },
            },
            ["messageSignature"] = new JsonObject
            {
                ["messageDigest"] = new JsonObject { ["algorithm"] = "SHA2_256", ["digest"] = Convert.ToBase64String(digest) },
                ["signature"] = Convert.ToBase64String(signature),
            },
        };
    }
}
