using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Sigstore.Rekor;

/// <summary>Builds the leaf that a log stores for a signature: for entries that leave it out, and for logs that store it.</summary>
public static class EntryRebuilder
{
    /// <summary>The canonicalised body of a hashedrekord 0.0.2 entry (Rekor v2).</summary>
    /// <param name="hash">The hash of <paramref name="digest"/>: SHA-256, SHA-384 or SHA-512.</param>
    /// <param name="keyDetails">Such as <c>PKIX_ECDSA_P256_SHA_256</c>.</param>
    /// <param name="verifier">A DER certificate, or a DER SubjectPublicKeyInfo.</param>
    public static byte[] HashedRekordV002(
        HashAlgorithmName hash, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, string keyDetails, ReadOnlySpan<byte> verifier, bool isCertificate)
    {
        var key = new JsonObject { ["rawBytes"] = Convert.ToBase64String(verifier) };
        return CanonicalJson.Serialize(new JsonObject
        {
            ["apiVersion"] = "0.0.2",
            ["kind"] = "hashedrekord",
            ["spec"] = new JsonObject
            {
                ["hashedRekordV002"] = new JsonObject
                {
                    ["data"] = new JsonObject { ["algorithm"] = NameOf(hash), ["digest"] = Convert.ToBase64String(digest) },
                    ["signature"] = new JsonObject
                    {
                        ["content"] = Convert.ToBase64String(signature),
                        ["verifier"] = new JsonObject { ["keyDetails"] = keyDetails, [isCertificate ? "x509Certificate" : "publicKey"] = key },
                    },
                },
            },
        });
    }

    /// <summary>The canonicalised body of a hashedrekord 0.0.1 entry (Rekor v1), SHA-256.</summary>
    /// <param name="pem">The certificate or public key as the log was sent it.</param>
    public static byte[] HashedRekordV001(ReadOnlySpan<byte> sha256, ReadOnlySpan<byte> signature, string pem) => CanonicalJson.Serialize(new JsonObject
    {
        ["apiVersion"] = "0.0.1",
        ["kind"] = "hashedrekord",
        ["spec"] = new JsonObject
        {
            ["data"] = new JsonObject { ["hash"] = new JsonObject { ["algorithm"] = "sha256", ["value"] = Convert.ToHexStringLower(sha256) } },
            ["signature"] = new JsonObject
            {
                ["content"] = Convert.ToBase64String(signature),
                ["publicKey"] = new JsonObject { ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(pem)) },
            },
        },
    });

    /// <summary>The body that <paramref name="entry"/> leaves out, as its log must have stored it.</summary>
    internal static byte[] Rebuild(LogEntry entry, SignedMaterial material)
    {
        var isCertificate = material.Leaf is not null;
        if ((entry.Kind, entry.Version) == ("hashedrekord", "0.0.1") && material.Digest(HashAlgorithmName.SHA256) is { } sha256)
        {
            var pem = PemEncoding.WriteString(isCertificate ? "CERTIFICATE" : "PUBLIC KEY", material.Verifier.Span) + "\n";
            return HashedRekordV001(sha256.Span, material.Signature.Span, pem);
        }

        var scheme = material.Key.DefaultScheme;
        if ((entry.Kind, entry.Version) == ("hashedrekord", "0.0.2")
            && Aixv.Transparency.Keys.SignatureSchemes.Hash(scheme) is { } hash
            && material.Digest(hash) is { } digest
            && KeyDetails.NameOf(material.Key, scheme) is { } details)
        {
            return HashedRekordV002(hash, digest.Span, material.Signature.Span, details, material.Verifier.Span, isCertificate);
        }

        throw new Refusal(RejectionReason.EntryMalformed, VerificationStep.Log, $"a canonicalized body in the {entry.Kind} {entry.Version} entry", "none, and none can be rebuilt");
    }

    private static string NameOf(HashAlgorithmName hash) =>
        hash == HashAlgorithmName.SHA384 ? "SHA2_384" : hash == HashAlgorithmName.SHA512 ? "SHA2_512" : "SHA2_256";
}
