using System.Security.Cryptography;
using System.Text;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Keys;

namespace Aixv.Protocol.Monitoring;

/// <summary>Entries of Rekor logs: hashedrekord and dsse of version 2, and the kinds of version 1.</summary>
internal static class RekorEntries
{
    private const int MaximumBytes = 128 * 1024;
    private const int MaximumSignatures = 100;

    internal static MonitoredEntry Read(ReadOnlyMemory<byte> entry)
    {
        var json = ProtoObject.Parse(entry, MaximumBytes);
        var (kind, version, spec) = (json.RequiredText("kind"), json.RequiredText("apiVersion"), json.RequiredMessage("spec"));
        return (kind, version) switch
        {
            ("hashedrekord", "0.0.2") => HashedRekord(spec.RequiredMessage("hashedRekordV002")),
            ("dsse", "0.0.2") => Dsse(spec.RequiredMessage("dsseV002")),
            ("hashedrekord", "0.0.1") => new MonitoredEntry(
                kind, [OldDigest(spec.RequiredMessage("data").RequiredMessage("hash"))],
                [OfPem(spec.RequiredMessage("signature").RequiredMessage("publicKey").RequiredBytes("content"))]),
            ("dsse", "0.0.1") => new MonitoredEntry(
                kind, [OldDigest(spec.RequiredMessage("payloadHash"))],
                [.. spec.Messages("signatures", MaximumSignatures).Select(s => OfPem(s.RequiredBytes("verifier")))]),
            ("intoto", "0.0.2") => Intoto(spec.RequiredMessage("content")),
            _ => throw new FormatException($"kind {kind} {version} is not known"),
        };
    }

    private static MonitoredEntry HashedRekord(ProtoObject spec)
    {
        var data = spec.RequiredMessage("data");
        return new MonitoredEntry("hashedrekord", [Digest(data)], [Verifier(spec.RequiredMessage("signature"))]);
    }

    private static MonitoredEntry Dsse(ProtoObject spec) => new(
        "dsse", [Digest(spec.RequiredMessage("payloadHash"))], [.. spec.Messages("signatures", MaximumSignatures).Select(Verifier)]);

    private static MonitoredEntry Intoto(ProtoObject content) => new(
        "intoto", [OldDigest(content.RequiredMessage("payloadHash"))],
        [.. content.RequiredMessage("envelope").Messages("signatures", MaximumSignatures).Select(s => OfPem(s.RequiredBytes("publicKey")))]);

    private static string Digest(ProtoObject json) => Name(json.RequiredText("algorithm"), json.RequiredBytes("digest"));

    private static string OldDigest(ProtoObject json)
    {
        var hex = json.RequiredText("value");
        return hex.All(char.IsAsciiHexDigit) && hex.Length % 2 == 0
            ? Name(json.RequiredText("algorithm"), Convert.FromHexString(hex))
            : throw new FormatException($"{json.Path}.value: expected hex digits");
    }

    private static string Name(string algorithm, byte[] digest)
    {
        var name = algorithm switch
        {
            "SHA2_256" or "sha256" => "sha256",
            "SHA2_384" or "sha384" => "sha384",
            "SHA2_512" or "sha512" => "sha512",
            _ => throw new FormatException($"hash algorithm {algorithm} is not known"),
        };
        return $"{name}:{Convert.ToHexStringLower(digest)}";
    }

    private static MonitoredSigner Verifier(ProtoObject signature)
    {
        var verifier = signature.RequiredMessage("verifier");
        return verifier.Message("x509Certificate") is { } certificate
            ? OfCertificate(certificate.RequiredBytes("rawBytes"))
            : OfKey(verifier.RequiredMessage("publicKey").RequiredBytes("rawBytes"));
    }

    private static MonitoredSigner OfPem(byte[] pem)
    {
        var text = Encoding.UTF8.GetString(pem);
        if (!PemEncoding.TryFind(text, out var fields))
        {
            throw new FormatException("the key is no PEM block");
        }

        var der = Convert.FromBase64String(text[fields.Base64Data]);
        return text[fields.Label] is "CERTIFICATE" ? OfCertificate(der) : OfKey(der);
    }

    private static MonitoredSigner OfCertificate(byte[] der)
    {
        var certificate = Certificate.Parse(der);
        return certificate.SubjectAlternativeNames is [var name, ..]
            ? new MonitoredSigner(name.Value, certificate.Claims.Issuer)
            : throw new FormatException("the certificate names nobody");
    }

    private static MonitoredSigner OfKey(byte[] spki) =>
        new($"sha256:{Convert.ToHexStringLower(PublicKey.FromSpki(spki).SpkiSha256())}");
}
