using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Sigstore.Rekor;

/// <summary>Compares a log entry's canonicalised body with the bundle it came in.</summary>
/// <remarks>The body's own bytes were hashed into the log; here only their meaning is compared.</remarks>
internal static class EntryBody
{
    private const int MaximumBytes = Bundle.MaximumBytes;

    /// <summary>Whether the kind is one of Rekor v1, whose integrated time a promise can vouch for.</summary>
    internal static bool HasIntegratedTime(LogEntry entry) =>
        (entry.Kind, entry.Version) is ("hashedrekord", "0.0.1") or ("dsse", "0.0.1") or ("intoto", "0.0.2");

    /// <summary>Refuses an entry of a kind that this code cannot compare.</summary>
    internal static void RequireSupportedKind(LogEntry entry)
    {
        if (!HasIntegratedTime(entry) && (entry.Kind, entry.Version) is not (("hashedrekord", "0.0.2") or ("dsse", "0.0.2")))
        {
            throw new Refusal(
                RejectionReason.EntryKindUnsupported,
                VerificationStep.Log,
                "hashedrekord 0.0.1 or 0.0.2, dsse 0.0.1 or 0.0.2, or intoto 0.0.2",
                $"{entry.Kind} {entry.Version}");
        }
    }

    /// <summary>Refuses an entry that is not about <paramref name="material"/>.</summary>
    internal static void Require(LogEntry entry, ReadOnlyMemory<byte> body, SignedMaterial material)
    {
        try
        {
            var json = ProtoObject.Parse(body, MaximumBytes);
            var (kind, version) = (json.RequiredText("kind"), json.RequiredText("apiVersion"));
            if (kind != entry.Kind || version != entry.Version)
            {
                throw Mismatch("kind and version", $"{entry.Kind} {entry.Version}", $"{kind} {version}");
            }

            Compare(kind, version, json.RequiredMessage("spec"), material);
        }
        catch (FormatException e)
        {
            throw new Refusal(RejectionReason.EntryMalformed, VerificationStep.Entry, $"a body of {entry.Kind} {entry.Version}", e.Message);
        }
    }

    private static void Compare(string kind, string version, ProtoObject spec, SignedMaterial material)
    {
        switch (kind, version)
        {
            case ("hashedrekord", "0.0.1"):
                CompareHashedRekord(spec, material);
                break;
            case ("hashedrekord", "0.0.2"):
                CompareHashedRekordV002(spec.RequiredMessage("hashedRekordV002"), material);
                break;
            case ("dsse", "0.0.1"):
                CompareDsse(spec, material);
                break;
            case ("dsse", "0.0.2"):
                CompareDsseV002(spec.RequiredMessage("dsseV002"), material);
                break;
            case ("intoto", "0.0.2"):
                CompareIntoto(spec.RequiredMessage("content"), material);
                break;
            default:
                throw new UnreachableException($"{kind} {version} was not refused as unsupported");
        }
    }

    private static void CompareHashedRekord(ProtoObject spec, SignedMaterial material)
    {
        var hash = spec.RequiredMessage("data").RequiredMessage("hash");
        RequireDigest(hash.RequiredText("algorithm"), FromHex(hash, "value"), material);
        var signature = spec.RequiredMessage("signature");
        RequireSignature(signature.RequiredBytes("content"), material);
        RequireVerifier(FromPem(signature.RequiredMessage("publicKey").RequiredBytes("content")), material);
    }

    private static void CompareHashedRekordV002(ProtoObject spec, SignedMaterial material)
    {
        var data = spec.RequiredMessage("data");
        RequireDigest(data.RequiredText("algorithm"), data.RequiredBytes("digest"), material);
        RequireSignatureV002(spec.RequiredMessage("signature"), material);
    }

    private static void CompareDsse(ProtoObject spec, SignedMaterial material)
    {
        var hash = spec.RequiredMessage("payloadHash");
        RequirePayload(hash.RequiredText("algorithm"), FromHex(hash, "value"), material);
        var signature = One(spec);
        RequireSignature(signature.RequiredBytes("signature"), material);
        RequireVerifier(FromPem(signature.RequiredBytes("verifier")), material);
    }

    private static void CompareDsseV002(ProtoObject spec, SignedMaterial material)
    {
        var hash = spec.RequiredMessage("payloadHash");
        RequirePayload(hash.RequiredText("algorithm"), hash.RequiredBytes("digest"), material);
        RequireSignatureV002(One(spec), material);
    }

    /// <summary>The oldest form: the signature is base64 twice, the key base64 of PEM.</summary>
    private static void CompareIntoto(ProtoObject content, SignedMaterial material)
    {
        var hash = content.RequiredMessage("payloadHash");
        RequirePayload(hash.RequiredText("algorithm"), FromHex(hash, "value"), material);
        var signature = One(content.RequiredMessage("envelope"));
        var inner = Encoding.ASCII.GetString(signature.RequiredBytes("sig"));
        RequireSignature(
            StrictBase64.TryDecode(inner, out var bytes) ? bytes : throw new FormatException($"{signature.Path}.sig: expected base64 in base64"), material);
        RequireVerifier(FromPem(signature.RequiredBytes("publicKey")), material);
    }

    private static ProtoObject One(ProtoObject owner) => owner.Messages("signatures", 100) is [var signature]
        ? signature
        : throw new FormatException($"{owner.Path}.signatures: expected exactly one");

    private static void RequireSignatureV002(ProtoObject signature, SignedMaterial material)
    {
        RequireSignature(signature.RequiredBytes("content"), material);
        var verifier = signature.RequiredMessage("verifier");
        var details = verifier.RequiredText("keyDetails");
        if (KeyDetails.SchemeOf(details) is null || !KeyDetails.Fits(details, material.Key.Algorithm))
        {
            throw new FormatException($"{verifier.Path}.keyDetails: {details} is not supported, or not of a key of {material.Key.Algorithm}");
        }

        var raw = (verifier.Message("x509Certificate"), verifier.Message("publicKey")) switch
        {
            ({ } certificate, null) => certificate.RequiredBytes("rawBytes"),
            (null, { } key) => key.RequiredBytes("rawBytes"),
            _ => throw new FormatException($"{verifier.Path}: expected one of x509Certificate and publicKey"),
        };
        RequireVerifier(raw, material);
    }

    private static void RequireDigest(string algorithm, byte[] digest, SignedMaterial material)
    {
        var name = HashOf(algorithm);
        if (material.Digest(name) is not { } expected)
        {
            throw new Refusal(
                RejectionReason.ArtifactRequired, VerificationStep.Entry, $"the artifact's {name.Name} digest, which the log entry holds", "only its SHA-256 digest: verify the file");
        }

        if (!expected.Span.SequenceEqual(digest))
        {
            throw Mismatch("digest", $"that of what is verified, {Convert.ToHexStringLower(expected.Span)}", Convert.ToHexStringLower(digest));
        }
    }

    private static void RequirePayload(string algorithm, byte[] digest, SignedMaterial material)
    {
        if (material.Content is not SignedEnvelope { Envelope: var envelope })
        {
            throw Mismatch("content", "an artifact's signature", "an envelope's");
        }

        if (!CryptographicOperations.HashData(HashOf(algorithm), envelope.Payload.Span).AsSpan().SequenceEqual(digest))
        {
            throw Mismatch("payload hash", "that of the bundle's payload", Convert.ToHexStringLower(digest));
        }
    }

    private static void RequireSignature(byte[] signature, SignedMaterial material)
    {
        if (!material.Signature.Span.SequenceEqual(signature))
        {
            throw Mismatch("signature", "the bundle's", "another");
        }
    }

    private static void RequireVerifier(byte[] verifier, SignedMaterial material)
    {
        if (!material.Verifier.Span.SequenceEqual(verifier))
        {
            throw Mismatch("key", material.Leaf is null ? "the given key" : "the bundle's certificate", "another");
        }
    }

    private static HashAlgorithmName HashOf(string algorithm) => algorithm switch
    {
        "sha256" or "SHA2_256" => HashAlgorithmName.SHA256,
        "sha384" or "SHA2_384" => HashAlgorithmName.SHA384,
        "sha512" or "SHA2_512" => HashAlgorithmName.SHA512,
        _ => throw new FormatException($"hash algorithm {algorithm} is not supported"),
    };

    private static byte[] FromHex(ProtoObject owner, string name)
    {
        try
        {
            return Convert.FromHexString(owner.RequiredText(name));
        }
        catch (FormatException)
        {
            throw new FormatException($"{owner.Path}.{name}: expected hex digits");
        }
    }

    private static byte[] FromPem(byte[] pem)
    {
        var text = Encoding.UTF8.GetString(pem);
        return PemEncoding.TryFind(text, out var fields) && StrictPem(text, fields) is { } der ? der : throw new FormatException("expected a PEM block");
    }

    private static byte[]? StrictPem(string text, PemFields fields) =>
        text[fields.Label] is "CERTIFICATE" or "PUBLIC KEY" ? Convert.FromBase64String(text[fields.Base64Data]) : null;

    private static Refusal Mismatch(string what, string expected, string found) =>
        new(RejectionReason.EntryMismatch, VerificationStep.Entry, $"{what}: {expected}", found);
}
