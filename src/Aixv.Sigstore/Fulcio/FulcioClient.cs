using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Fulcio;

/// <summary>Asks a Fulcio certificate authority (v2 HTTP API) to bind a key to the identity of a token. What it returns is not verified.</summary>
internal sealed class FulcioClient(ServiceTransport transport, Uri baseUrl)
{
    private const int MaximumCertificates = 16;

    /// <summary>DER certificates, the key's first, as the authority gave them.</summary>
    /// <exception cref="SigningException">The authority refused, the token's address is unverified, or its certificates carry no SCT.</exception>
    /// <exception cref="HttpRequestException">The authority cannot be reached or answers nonsense.</exception>
    internal async Task<ImmutableArray<ReadOnlyMemory<byte>>> RequestCertificateAsync(
        SigningKey key, IdentityToken token, CancellationToken cancellationToken)
    {
        var request = new ServiceRequest("Fulcio", HttpMethod.Post, new Uri($"{baseUrl.AbsoluteUri.TrimEnd('/')}/api/v2/signingCert"))
        {
            Body = CanonicalJson.Serialize(Request(key, token)),
            ContentType = "application/json",
        };
        var response = (await transport.SendAsync(request, cancellationToken).ConfigureAwait(false)).Accepted();
        var json = response.Json();
        return response.Read(() => ReadChain(json));
    }

    private static JsonObject Request(SigningKey key, IdentityToken token) => new()
    {
        ["credentials"] = new JsonObject { ["oidcIdentityToken"] = token.Encoded },
        ["publicKeyRequest"] = new JsonObject
        {
            ["publicKey"] = new JsonObject { ["algorithm"] = AlgorithmName(key.PublicKey.Algorithm), ["content"] = key.PublicKey.ToPem() + "\n" },
            ["proofOfPossession"] = Convert.ToBase64String(key.Sign(Encoding.UTF8.GetBytes(token.ProofSubject))),
        },
    };

    private static string AlgorithmName(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.EcdsaP256 or KeyAlgorithm.EcdsaP384 or KeyAlgorithm.EcdsaP521 => "ECDSA",
        KeyAlgorithm.Rsa => "RSA_PSS",
        KeyAlgorithm.Ed25519 => "ED25519",
    };

    private static ImmutableArray<ReadOnlyMemory<byte>> ReadChain(ProtoObject json)
    {
        if (json.Has("signedCertificateDetachedSct"))
        {
            throw new SigningException(
                "Fulcio: the certificate comes with a detached SCT, which bundles cannot carry; configure the authority to embed it");
        }

        var chain = json.RequiredMessage("signedCertificateEmbeddedSct").RequiredMessage("chain").Texts("certificates", MaximumCertificates);
        return chain.Count > 0 ? [.. chain.Select(ReadPem)] : throw new FormatException("the certificate chain is empty");
    }

    private static ReadOnlyMemory<byte> ReadPem(string pem) =>
        PemEncoding.TryFind(pem, out var fields) && pem[fields.Label] == "CERTIFICATE"
            ? Convert.FromBase64String(pem[fields.Base64Data])
            : throw new FormatException("a certificate is not in PEM");
}
