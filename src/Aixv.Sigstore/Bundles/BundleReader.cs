using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Aixv.Sigstore.Dsse;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Verification;

namespace Aixv.Sigstore.Bundles;

/// <summary>Reads a bundle and refuses every shape that no Sigstore client may write.</summary>
internal static class BundleReader
{
    private const int MaximumEntries = 32;
    private const int MaximumTimestamps = 32;
    private const int MaximumCertificates = 16;
    private const int MaximumTimestampBytes = 64 * 1024;
    private const int MaximumCertificateBytes = 64 * 1024;
    private const int MaximumSignatureBytes = 16 * 1024;

    internal static Bundle Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            return Read(ProtoObject.Parse(json, Bundle.MaximumBytes));
        }
        catch (FormatException e) when (e is not BundleFormatException)
        {
            throw new BundleFormatException(RejectionReason.BundleMalformed, $"bundle: {e.Message}", e);
        }
    }

    private static Bundle Read(ProtoObject json)
    {
        var version = ReadVersion(json.RequiredText("mediaType"));
        json.Only("mediaType", "verificationMaterial", "messageSignature", "dsseEnvelope");
        var material = json.RequiredMessage("verificationMaterial")
            .Only("publicKey", "x509CertificateChain", "certificate", "tlogEntries", "timestampVerificationData");
        var (certificates, hint) = ReadKey(material, version);
        var entries = material.Messages("tlogEntries", MaximumEntries).Select(LogEntryJson.Read).ToImmutableArray();
        RequireDistinct(entries, e => (Convert.ToHexString(e.LogId.Span), e.LogIndex), "$.verificationMaterial.tlogEntries: the same log and index twice");
        RequireInclusion(entries, version);
        var timestamps = ReadTimestamps(material);
        RequireDistinct(timestamps, t => Convert.ToHexString(t.Span), "$.verificationMaterial.timestampVerificationData: the same timestamp twice");
        var content = ReadContent(json);
        RequireOneHint(hint, content);
        return new Bundle
        {
            Version = version,
            Certificates = certificates,
            KeyHint = hint,
            LogEntries = entries,
            Timestamps = timestamps,
            Content = content,
        };
    }

    private static BundleVersion ReadVersion(string mediaType) => mediaType switch
    {
        "application/vnd.dev.sigstore.bundle+json;version=0.1" => BundleVersion.V01,
        "application/vnd.dev.sigstore.bundle+json;version=0.2" => BundleVersion.V02,
        "application/vnd.dev.sigstore.bundle+json;version=0.3" => BundleVersion.V03,
        "application/vnd.dev.sigstore.bundle.v0.3+json" => BundleVersion.V03,
        _ when mediaType.StartsWith("application/vnd.dev.sigstore.bundle.v0.3.", StringComparison.Ordinal) && IsPatch(mediaType) => BundleVersion.V03,
        _ => throw new BundleFormatException(
            RejectionReason.BundleVersionUnsupported, $"bundle: $.mediaType: '{mediaType}' is not a bundle version this tool knows (0.1, 0.2, 0.3)"),
    };

    private static bool IsPatch(string mediaType) =>
        mediaType["application/vnd.dev.sigstore.bundle.v0.3.".Length..] is var rest
        && rest.EndsWith("+json", StringComparison.Ordinal)
        && rest[..^"+json".Length] is { Length: > 0 and <= 4 } patch
        && patch.All(char.IsAsciiDigit);

    private static (ImmutableArray<ReadOnlyMemory<byte>> Certificates, string? Hint) ReadKey(ProtoObject material, BundleVersion version)
    {
        var forms = (material.Has("publicKey") ? 1 : 0) + (material.Has("x509CertificateChain") ? 1 : 0) + (material.Has("certificate") ? 1 : 0);
        if (forms != 1)
        {
            throw new BundleFormatException(
                RejectionReason.KeyMaterialMissing, $"bundle: {material.Path}: expected one of publicKey, x509CertificateChain and certificate, found {forms}");
        }

        if (material.Message("publicKey") is { } key)
        {
            return ([], key.Only("hint").Text("hint") ?? "");
        }

        if (material.Message("certificate") is { } certificate)
        {
            return ([ReadCertificate(certificate)], null);
        }

        if (version == BundleVersion.V03)
        {
            throw new BundleFormatException(
                RejectionReason.KeyMaterialForbidden, $"bundle: {material.Path}.x509CertificateChain: bundles of version 0.3 carry one certificate, not a chain");
        }

        var chain = material.RequiredMessage("x509CertificateChain").Only("certificates").Messages("certificates", MaximumCertificates);
        return chain.Count > 0
            ? (ReadAll(chain, ReadCertificate), null)
            : throw new BundleFormatException(RejectionReason.KeyMaterialMissing, $"bundle: {material.Path}.x509CertificateChain: the chain is empty");
    }

    private static ReadOnlyMemory<byte> ReadCertificate(ProtoObject json)
    {
        var der = json.Only("rawBytes").RequiredBytes("rawBytes");
        return der.Length <= MaximumCertificateBytes ? der : throw new FormatException($"{json.Path}.rawBytes: more than {MaximumCertificateBytes} bytes");
    }

    private static void RequireInclusion(ImmutableArray<LogEntry> entries, BundleVersion version)
    {
        for (var i = 0; i < entries.Length; i++)
        {
            var path = $"$.verificationMaterial.tlogEntries[{i}]";
            if (version == BundleVersion.V01 && entries[i].InclusionPromise is null)
            {
                throw new BundleFormatException(
                    RejectionReason.InclusionPromiseMissing, $"bundle: {path}.inclusionPromise: required in bundles of version 0.1 and missing");
            }

            if (version != BundleVersion.V01 && entries[i].Inclusion is null)
            {
                throw new BundleFormatException(
                    RejectionReason.InclusionProofMissing, $"bundle: {path}.inclusionProof: required since bundle version 0.2 and missing");
            }

            if (version != BundleVersion.V01 && entries[i].Inclusion is { Checkpoint: "" })
            {
                throw new BundleFormatException(
                    RejectionReason.InclusionProofMissing, $"bundle: {path}.inclusionProof.checkpoint: required since bundle version 0.2 and missing");
            }
        }
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> ReadTimestamps(ProtoObject material)
    {
        if (material.Message("timestampVerificationData") is not { } data)
        {
            return [];
        }

        return ReadAll(data.Only("rfc3161Timestamps").Messages("rfc3161Timestamps", MaximumTimestamps), ReadTimestamp);
    }

    private static ImmutableArray<ReadOnlyMemory<byte>> ReadAll(IReadOnlyList<ProtoObject> messages, Func<ProtoObject, ReadOnlyMemory<byte>> read)
    {
        var items = new ReadOnlyMemory<byte>[messages.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(messages[i]);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    private static ReadOnlyMemory<byte> ReadTimestamp(ProtoObject json)
    {
        var der = json.Only("signedTimestamp").RequiredBytes("signedTimestamp");
        return der.Length <= MaximumTimestampBytes ? der : throw new FormatException($"{json.Path}.signedTimestamp: more than {MaximumTimestampBytes} bytes");
    }

    private static BundleContent ReadContent(ProtoObject json) => (json.Message("messageSignature"), json.Message("dsseEnvelope")) switch
    {
        ({ } message, null) => ReadMessage(message.Only("messageDigest", "signature")),
        (null, { } envelope) => new SignedEnvelope(ReadEnvelope(envelope.Only("payload", "payloadType", "signatures"))),
        (null, null) => throw new BundleFormatException(RejectionReason.ContentMissing, "bundle: $: neither messageSignature nor dsseEnvelope"),
        _ => throw new BundleFormatException(RejectionReason.BundleMalformed, "bundle: $: both messageSignature and dsseEnvelope"),
    };

    private static MessageSignature ReadMessage(ProtoObject json)
    {
        if (json.Message("messageDigest") is not { } digest)
        {
            return new MessageSignature(ReadSignature(json, "signature"), null, null);
        }

        digest.Only("algorithm", "digest");
        var name = digest.Text("algorithm") ?? "HASH_ALGORITHM_UNSPECIFIED";
        HashAlgorithmName algorithm = name switch
        {
            "SHA2_256" => HashAlgorithmName.SHA256,
            "SHA2_384" => HashAlgorithmName.SHA384,
            "SHA2_512" => HashAlgorithmName.SHA512,
            _ => throw new FormatException($"{digest.Path}.algorithm: '{name}' is not supported (SHA2_256, SHA2_384 and SHA2_512 are)"),
        };
        return new MessageSignature(ReadSignature(json, "signature"), algorithm, digest.RequiredBytes("digest"));
    }

    private static DsseEnvelope ReadEnvelope(ProtoObject json)
    {
        var signatures = json.Messages("signatures", 100);
        if (signatures.Count != 1)
        {
            throw new BundleFormatException(
                RejectionReason.SignatureCountInvalid, $"bundle: {json.Path}.signatures: a bundle's envelope has one signature, found {signatures.Count}");
        }

        var signature = signatures[0].Only("sig", "keyid");
        return new DsseEnvelope(
            json.RequiredText("payloadType"),
            json.RequiredBytes("payload"),
            [new DsseSignature(ReadSignature(signature, "sig"), signature.Text("keyid") ?? "")]);
    }

    private static byte[] ReadSignature(ProtoObject json, string name)
    {
        var bytes = json.RequiredBytes(name);
        return bytes.Length <= MaximumSignatureBytes ? bytes : throw new FormatException($"{json.Path}.{name}: more than {MaximumSignatureBytes} bytes");
    }

    private static void RequireOneHint(string? hint, BundleContent content)
    {
        if (hint is { Length: > 0 } && content is SignedEnvelope { Envelope.Signatures: [{ KeyId.Length: > 0 } signature] } && signature.KeyId != hint)
        {
            throw new BundleFormatException(
                RejectionReason.KeyMismatch, $"bundle: $.verificationMaterial.publicKey.hint '{hint}' and $.dsseEnvelope.signatures[0].keyid '{signature.KeyId}' differ");
        }
    }

    private static void RequireDistinct<T, TName>(ImmutableArray<T> items, Func<T, TName> name, string message)
    {
        if (items.Length > 1 && items.DistinctBy(name).Count() < items.Length)
        {
            throw new BundleFormatException(RejectionReason.DuplicateEvidence, $"bundle: {message}");
        }
    }
}
